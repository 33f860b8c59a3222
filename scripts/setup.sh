# Sourced by ./run and ./test: what both need before they can act. Needs bash and apt, nothing else.

say() { printf '\n== %s\n' "$*" >&2; }

# install_packages WHO...: the packages of scripts/packages.txt for these, where they are missing.
install_packages() {
    local missing=() package who wanted
    while read -r package who; do
        case $package in '' | '#'*) continue ;; esac
        for wanted in "$@"; do
            [ "$who" = "$wanted" ] || continue
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
        done
    done <scripts/packages.txt
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "root rights are needed to install packages: run as root, or install sudo" >&2; return 1; }
        as_root=(sudo)
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

# build PRESET CACHE-ARGUMENT... -- TARGET...
build() {
    local preset=$1 arguments=() folder
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        arguments+=("$1")
        shift
    done
    [ $# -eq 0 ] || shift
    folder=build
    [ "$preset" = release ] || folder=build-$preset
    cmake --preset "$preset" "${arguments[@]}" >"/tmp/confab-cmake.$$" 2>&1 || { cat "/tmp/confab-cmake.$$" >&2; rm -f "/tmp/confab-cmake.$$"; return 1; }
    rm -f "/tmp/confab-cmake.$$"
    ninja -C "$folder" "$@" >&2
}
