# Sets up what the program needs to run or to be tested: sourced by ./run, ./test and packaging/build.sh, never run by
# itself. It must stay silent and take well under a second when there is nothing to do.
#
# Before sourcing: ROOT is the checkout. Afterwards: `set_up KIND`, then PYTHON is the interpreter to use. The kinds are run, dev and
# packaging; packaging/build.sh gives VENV and PYTHON a place of its own, where nothing is but what the program runs with.
# shellcheck shell=bash

VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
STATE="$ROOT/.setup"
LOG="$STATE/setup.log"
PROGRAM_NAME="${0##*/}"

# A shell that exports these would change what we install or import; bytecode is what makes starting quick.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

# What is loaded or called, and the Debian or Ubuntu package it comes from. The libraries are looked for by the name the
# loader uses, because the packages are named differently from release to release (libglib2.0-0, libglib2.0-0t64).
# Qt reports a missing icccm or keysyms library as a missing libxcb-cursor0.
LIBRARIES_RUN="
libGL.so.1=libgl1
libEGL.so.1=libegl1
libglib-2.0.so.0=libglib2.0-0
libdbus-1.so.3=libdbus-1-3
libxkbcommon.so.0=libxkbcommon0
libfontconfig.so.1=libfontconfig1
libxcb-cursor.so.0=libxcb-cursor0
libxcb-icccm.so.4=libxcb-icccm4
libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-shape.so.0=libxcb-shape0
libxcb-xkb.so.1=libxcb-xkb1
libxcb-randr.so.0=libxcb-randr0
libxkbcommon-x11.so.0=libxkbcommon-x11-0
libcups.so.2=libcups2
"
COMMANDS_DEV="
Xvfb=xvfb
xvfb-run=xvfb
xauth=xauth
openbox=openbox
xdotool=xdotool
pdftotext=poppler-utils
"

say() { printf '%s: %s\n' "$PROGRAM_NAME" "$*" >&2; }

die() {
    printf '%s: cannot go on: %s\n' "$PROGRAM_NAME" "$1" >&2
    shift
    for line in "$@"; do printf '    %s\n' "$line" >&2; done
    exit 3
}

show_log_end() { tail -n 12 "$LOG" 2>/dev/null | sed 's/^/    | /' >&2; }

# ---------------------------------------------------------------------------------------------- system packages

missing_packages() { # KIND -> the packages to install, one per line
    local known entry name
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || known=""
    for entry in $LIBRARIES_RUN; do
        name=${entry%%=*}
        case "$known" in
            *"$name"*) ;;
            *) printf '%s\n' "${entry#*=}" ;;
        esac
    done
    [ "$1" != run ] || return 0
    for entry in $COMMANDS_DEV; do
        command -v "${entry%%=*}" >/dev/null 2>&1 || printf '%s\n' "${entry#*=}"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif [ -t 0 ] && [ -t 2 ]; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

install_packages() { # PACKAGE...
    local command_line="apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null 2>&1; then
        die "this system has no apt-get, so what is missing has to be installed by hand." \
            "Missing (by their Debian names): $*" \
            "Fedora:    dnf install mesa-libGL mesa-libEGL glib2 dbus-libs libxkbcommon libxkbcommon-x11 fontconfig \\" \
            "               xcb-util-cursor xcb-util-wm xcb-util-keysyms cups-libs" \
            "           for ./test also: xorg-x11-server-Xvfb xorg-x11-xauth openbox xdotool poppler-utils" \
            "Arch:      pacman -S libglvnd mesa glib2 dbus libxkbcommon libxkbcommon-x11 fontconfig \\" \
            "               xcb-util-cursor xcb-util-wm xcb-util-keysyms libcups" \
            "           for ./test also: xorg-server-xvfb xorg-xauth openbox xdotool poppler" \
            "Then start this command again. Set INDICATED_SKIP_SYSTEM=1 to go on without them."
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        die "some system packages are missing, and installing them needs root (there is no sudo here)." \
            "As root:  $command_line"
    fi
    say "installing system packages: $*"
    # The package lists of a fresh machine are empty or old: try, refresh, try again.
    if as_root apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" >>"$LOG" 2>&1; then
        return 0
    fi
    say "refreshing the package lists"
    if as_root apt-get -o DPkg::Lock::Timeout=120 update >>"$LOG" 2>&1 &&
        as_root apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" >>"$LOG" 2>&1; then
        return 0
    fi
    show_log_end
    die "the system packages could not be installed (above: the end of $LOG)." \
        "If this is a matter of rights or of the network, put that right or ask for:  $command_line"
}

set_up_system() { # KIND
    local packages
    if [ "${INDICATED_SKIP_SYSTEM:-}" = 1 ] || [ "$(uname -s)" != Linux ]; then return 0; fi
    packages=$(missing_packages "$1" | sort -u | tr '\n' ' ')
    if [ -z "${packages// /}" ]; then return 0; fi
    # shellcheck disable=SC2086  # a list of package names
    install_packages $packages
}

# --------------------------------------------------------------------------------------------------- Python

find_python() { # -> prints the interpreter the environment is made from
    local candidate
    for candidate in "${INDICATED_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

require_python() { # -> BASE_PYTHON
    local found
    found=$(python3 --version 2>/dev/null) || found="no python3"
    BASE_PYTHON=$(find_python) || die "Python 3.11 or newer is needed; found: $found." \
        "Debian 12 and later, Ubuntu 24.04 and later:  apt-get install python3 python3-venv" \
        "Ubuntu 22.04:                                 apt-get install python3.11 python3.11-venv" \
        "An interpreter in another place: set INDICATED_PYTHON to its path."
    if ! "$BASE_PYTHON" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        # Debian and Ubuntu leave ensurepip out of python3; the package is named after the exact version.
        install_packages "$("$BASE_PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
}

lock_file() { if [ "$1" = run ]; then echo "$ROOT/requirements.lock"; else echo "$ROOT/requirements-$1.lock"; fi; }

fingerprint() { # KIND -> what a finished set-up of this kind depends on
    printf '%s\n' "$1" "$ROOT"
    cat "$ROOT/requirements.lock" "$ROOT/packaging/setup.sh" "$(lock_file "$1")" | cksum
    "$PYTHON" -I -S -c 'import sys; print(sys.version, sys.base_prefix)' 2>/dev/null
}

is_set_up() { # KIND
    local stamp="$VENV/$1.stamp" # inside, so that it goes when the environment goes
    [ -x "$PYTHON" ] && [ -f "$stamp" ] && [ "$(fingerprint "$1")" = "$(cat "$stamp")" ]
}

require_space() { # MEGABYTES
    local free
    free=$(df -Pm "$ROOT" 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [ -n "$free" ] && [ "$free" -lt "$1" ]; then
        die "about $1 MB are needed in $ROOT, and $free MB are free." "Make room, then start this command again."
    fi
}

environment_works() {
    [ -x "$PYTHON" ] && "$PYTHON" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 &&
        grep -qF "$VENV" "$VENV/bin/activate" 2>/dev/null # false when the checkout was moved: scripts name the old place
}

set_up_environment() { # KIND
    local lock
    lock=$(lock_file "$1")
    if ! environment_works; then
        require_python
        if [ "$1" = run ]; then require_space 900; else require_space 1600; fi
        say "creating the virtual environment ${VENV#"$ROOT"/} with $("$BASE_PYTHON" --version 2>&1)"
        rm -rf "$VENV"
        "$BASE_PYTHON" -m venv "$VENV" >>"$LOG" 2>&1 || {
            show_log_end
            die "the virtual environment could not be created (above: the end of $LOG)."
        }
    fi
    say "installing the packages pinned in ${lock##*/} (the first time takes a minute or two)"
    if ! "$PYTHON" -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes --only-binary :all: \
        --no-compile -r "$lock" >>"$LOG" 2>&1; then
        show_log_end
        die "the packages could not be installed (above: the end of $LOG)." \
            "Usual causes: no network or no way to the package index, a full disk, or a Python for which" \
            "a package has no wheel yet (this is $("$PYTHON" --version 2>&1); 3.11 to 3.14 are known to have them)."
    fi
    # The source tree is importable from every folder, also for processes that the program starts.
    "$PYTHON" - "$ROOT" <<'PY' || die "the environment in $VENV cannot be written."
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "indicated-source.pth").write_text(sys.argv[1] + "\n", encoding="utf-8")
PY
    say "compiling bytecode, so that starting is quick"
    "$PYTHON" -m compileall -q -j 0 "$VENV/lib" "$ROOT/desktop" >>"$LOG" 2>&1 || true # template files are not all valid Python
}

check_qt() {
    local problem
    if ! problem=$(QT_QPA_PLATFORM=offscreen "$PYTHON" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' 2>&1); then
        printf '%s\n' "$problem" | tail -n 3 | sed 's/^/    | /' >&2
        die "Qt does not start here (its own words above): a system library is missing."
    fi
}

set_up() { # KIND
    if is_set_up "$1"; then return 0; fi
    mkdir -p "$STATE" || die "the folder $ROOT cannot be written."
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$STATE/lock"
        if ! flock -n 9; then
            say "another set-up is running here; waiting for it"
            flock 9
        fi
        if is_set_up "$1"; then
            exec 9>&-
            return 0
        fi
    fi
    : >"$LOG"
    rm -f "$VENV"/*.stamp
    set_up_system "$1"
    set_up_environment "$1"
    check_qt
    fingerprint "$1" >"$VENV/$1.stamp"
    if [ "$1" = dev ]; then fingerprint run >"$VENV/run.stamp"; fi # the lock of `dev` contains that of `run`
    if command -v flock >/dev/null 2>&1; then exec 9>&-; fi
    say "set-up finished"
}
