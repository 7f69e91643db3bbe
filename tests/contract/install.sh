#!/bin/sh
# install.sh BUILD_DIR TOOL...: what is installed is whole: each tool runs, with its page and its completions.
set -u
build=$1
shift
prefix=$(mktemp -d) || exit 2
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" >/dev/null || exit 1
bad=0
want() { [ -s "$prefix/$1" ] || { echo "not installed: $1"; bad=1; }; }
for tool in "$@"; do
    "$prefix/bin/$tool" --version >/dev/null || bad=1
    want "share/man/man1/$tool.1"
    want "share/bash-completion/completions/$tool"
    want "share/zsh/vendor-completions/_$tool"
    want "share/fish/vendor_completions.d/$tool.fish"
    bash -n "$prefix/share/bash-completion/completions/$tool" || bad=1
done
want share/man/man5/tidemark-records.5
want share/man/man5/tidemark-policies.5
want share/man/man7/tidemark.7
want share/doc/tidemark/README.md
want share/doc/tidemark/examples/accounts.jsonl
exit $bad
