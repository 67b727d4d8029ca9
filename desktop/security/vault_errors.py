"""What can go wrong with the vault, in the user's words; a wrong password says no more than that it is wrong."""

from __future__ import annotations

from desktop.domain.errors import UserFacingError

_UNTOUCHED = "Your cases are untouched."


def in_words(seconds: int) -> str:
    """A waiting time: `8 seconds`, `1 minute 4 seconds`."""
    minutes, rest = divmod(seconds, 60)
    parts = [(minutes, "minute"), (rest, "second")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)


class WrongPasswordError(UserFacingError):
    """The password does not open the vault. `wait_s` seconds must pass before the next try (0: none)."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        wait = f"Wait {in_words(wait_s)}, then try again" if wait_s else "Try again"
        super().__init__(
            "The password is not right.",
            safe=_UNTOUCHED,
            todo=f"{wait}, or use your printed recovery key.",
        )


class TooManyTriesError(UserFacingError):
    """A password was tried before the waiting time was over; it was not looked at."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(
            "There were several wrong passwords in a row.",
            safe=_UNTOUCHED,
            todo=f"Wait {in_words(wait_s)}, then try again, or use your printed recovery key.",
        )


class WrongRecoveryKeyError(UserFacingError):
    """A well-formed recovery key that belongs to another vault or was replaced."""

    def __init__(self) -> None:
        super().__init__(
            "This recovery key does not open this store.",
            safe=_UNTOUCHED,
            todo="Look for the newest sheet printed for this store; older sheets stop working when a new one is made.",
        )


class PasswordRefusedError(UserFacingError):
    """A new password that does not meet the rule; `what` is the rule."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, safe="The password was not changed.", todo="Choose another password.")


class NotAVaultError(UserFacingError):
    """The vault file cannot be used."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The file vault.json, which holds the wrapped key of your store, {why}.",
            safe="The store itself was not touched, but it cannot be opened without this file.",
            todo="Put vault.json back from a backup of the store's folder.",
        )


class VaultExistsError(UserFacingError):
    """A new vault was to be made where there is one."""

    def __init__(self) -> None:
        super().__init__(
            "There is already a vault in this folder.",
            safe=_UNTOUCHED,
            todo="Unlock it with its password, or choose an empty folder for a new store.",
        )


class VaultDiskError(UserFacingError):
    """The vault could not be written; the old file, if any, still stands."""

    def __init__(self) -> None:
        super().__init__(
            "The key file could not be written to the disk.",
            safe="Your cases are untouched, and what opened the store before still opens it.",
            todo="Free some space, check that the folder may be written to, and try again.",
        )
