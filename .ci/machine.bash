# Shared by the scripts beside it: what this machine is and how it installs packages of its own.

say() { printf '%s\n' "$*" >&2; }

debian_root() { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

apt_install() {
    local log
    log=$(mktemp)
    if ! {
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update &&
            DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=false \
                install -y "$@"
    } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# how_to DEBIAN FEDORA ARCH HOMEBREW: the command that installs it on the machine at hand.
how_to() {
    local sudo=sudo
    [ "$(id -u)" = 0 ] && sudo=
    if command -v apt-get >/dev/null; then
        echo "${sudo:+$sudo }apt-get install $1"
    elif command -v dnf >/dev/null; then
        echo "${sudo:+$sudo }dnf install $2"
    elif command -v pacman >/dev/null; then
        echo "${sudo:+$sudo }pacman -S $3"
    elif command -v brew >/dev/null; then
        echo "brew install $4"
    else
        echo "the package manager of this machine (Debian calls it $1)"
    fi
}
