// Evaluates expressions over rows, both from standard input (see probe.hpp).
#include <iostream>

#include "probe.hpp"

int main() {
    confab::expr::test::Probe probe;
    std::string line;
    while (std::getline(std::cin, line)) {
        constexpr std::string_view word = "expression ";
        if (line.starts_with("facts ")) {
            std::cout << probe.facts(line.substr(6)) << '\n';
            continue;
        }
        if (!line.starts_with(word)) {
            if (probe.take(line)) continue;
            std::cerr << "cannot read: " << line << '\n';
            return 2;
        }
        std::string out;
        for (const std::string& value : probe.values(line.substr(word.size()))) out += "\t" + value;
        std::cout << out.substr(1) << '\n';
    }
}
