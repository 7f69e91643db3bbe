# shellcheck shell=sh disable=SC2034
# Sourced by examples/quickstart.sh, tests/run.sh and .ci/run: the Debian packages each of them needs, said once.
build_packages='g++ cmake ninja-build libcli11-dev libfmt-dev libsimdjson-dev nlohmann-json3-dev libboost-dev
libeigen3-dev libnlopt-dev libnlopt-cxx-dev zlib1g-dev'
test_packages='catch2 librapidcheck-dev jq mandoc python3 locales'
check_packages='clang libclang-rt-14-dev clang-format clang-tidy git'

# install_packages NAME...: installs those that are missing and says which; does nothing where all are there.
install_packages() {
    if [ -n "${TIDEMARK_NO_PACKAGES:-}" ]; then return 0; fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "apt-get is not here. Install what these Debian packages hold with your own package manager:" >&2
        echo "    $(echo "$@" | tr '\n' ' ')" >&2
        echo "then run this again with TIDEMARK_NO_PACKAGES=1 in the environment." >&2
        return 2
    fi
    missing=
    for package in "$@"; do
        state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) || state=
        case $state in *' installed') ;; *) missing="$missing $package" ;; esac
    done
    if [ -z "$missing" ]; then return 0; fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing, and neither root nor sudo is here to install them:$missing" >&2
            return 2
        fi
        as_root=sudo
    fi
    echo "installing:$missing"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null || return 2
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing </dev/null >/dev/null
}
