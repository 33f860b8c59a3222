#include "cli/cli.hpp"

int main(int argc, char** argv) { return confab::cli::run(argc, argv); }
