# The wheel is the standard library's module built against SQLCipher, without types of its own.
