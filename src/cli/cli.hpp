// The command line: confab generate | plan | report.
#pragma once

namespace confab::cli {

// Exit status: 0, 1 (the work failed) or 2 (wrong usage).
int run(int argc, char** argv);

}  // namespace confab::cli
