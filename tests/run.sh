#!/bin/sh
# run.sh [CTEST-OPTION]...: installs what the tests need, builds everything and runs every test.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/packages.sh"
# shellcheck disable=SC2086
install_packages $build_packages $test_packages

cd "$root"
cmake --preset release -DTIDEMARK_TESTS=ON
cmake --build --preset release
ctest --test-dir build/release -j "$(nproc)" --output-on-failure "$@"
