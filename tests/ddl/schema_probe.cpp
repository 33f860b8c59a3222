// Prints the PostgreSQL DDL that is written for a file: `schema_probe FILE [DIALECT]`.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "ddl/ddl.hpp"
#include "gate/screen.hpp"
#include "schema/write.hpp"

int main(int argc, char** argv) {
    using namespace confab;
    if (argc < 2) return 2;
    std::ifstream file(argv[1], std::ios::binary);
    ddl::Options options;
    if (argc > 2) options.dialect = ddl::dialect_of(argv[2]);
    Result<ddl::Document> document =
        ddl::read({argv[1], std::string(std::istreambuf_iterator<char>(file), {})}, options);
    if (!document) {
        std::cerr << to_text(document.error()) << '\n';
        return 1;
    }
    const Result<schema::Schema> screened = gate::screen(std::move(document->schema));
    if (!screened) {
        std::cerr << to_text(screened.error()) << '\n';
        return 1;
    }
    for (const schema::LeftOut& one : screened->left_out) std::cerr << "left out: " << one.clause << ": " << one.reason << '\n';
    std::cout << schema::write_script(*screened);
    return 0;
}
