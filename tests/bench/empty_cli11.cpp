// The least that a program with options does: what the start-up of the tools is measured against.
#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"nothing"};
    CLI11_PARSE(app, argc, argv);
}
