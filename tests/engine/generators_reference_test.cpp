// docs/generators.md is the catalog, written out. CONFAB_UPDATE_DOCS=1 writes it anew.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "plan/catalog.hpp"

namespace confab::plan {
namespace {

std::string kind_name(ParameterKind kind) {
    switch (kind) {
        case ParameterKind::integer: return "whole number";
        case ParameterKind::number: return "number";
        case ParameterKind::share: return "share, 0 to 1";
        case ParameterKind::boolean: return "true or false";
        case ParameterKind::text: return "text";
        case ParameterKind::date: return "date or timestamp";
        case ParameterKind::duration: return "span of time, as `3 days`";
        case ParameterKind::word: return "word";
        case ParameterKind::expression: return "SQL expression";
        case ParameterKind::column: return "column";
        case ParameterKind::value: return "value";
        case ParameterKind::values: return "list of values";
        case ParameterKind::weights: return "list of numbers";
        case ParameterKind::pool: return "name of a pool";
        case ParameterKind::generator: return "generator";
        case ParameterKind::generators: return "list of generators";
        case ParameterKind::cases: return "list of `{\"when\": expression, \"then\": generator}`";
        case ParameterKind::fields: return "object of generators";
        case ParameterKind::any: return "see the text";
    }
    return {};
}

std::string reference() {
    std::ostringstream out;
    out << "# Generators\n\n"
           "What a column's plan can name under `generator`, and the parameters of each. Made from the catalog\n"
           "(`src/plan/catalog_*.cpp`) by a test that fails when the two differ; `CONFAB_UPDATE_DOCS=1` writes it anew.\n\n"
           "Columns of one table whose generators are of one kind and name the same `group` (the kind itself when left out)\n"
           "are made from the same record, and agree: a person's first name belongs to the e-mail address. Where one of them\n"
           "must be unique, all of them follow it. An expression such as `first` lets a generator read what the row already has.\n";
    for (const GeneratorEntry& entry : catalog()) {
        out << "\n## " << entry.kind << "\n" << entry.summary << "\n";
        if (entry.parameters.empty()) continue;
        out << "\n| parameter | | |\n| --- | --- | --- |\n";
        for (const Parameter& parameter : entry.parameters) {
            std::string summary(parameter.summary);
            for (std::size_t bar = summary.find('|'); bar != std::string::npos; bar = summary.find('|', bar + 2)) summary.insert(bar, "\\");
            out << "| `" << parameter.name << "`" << (parameter.required ? " (required)" : "") << " | " << kind_name(parameter.kind) << " | " << summary;
            if (!parameter.words.empty()) {
                out << "<br>";
                for (std::size_t i = 0; i < parameter.words.size(); ++i) out << (i > 0 ? ", " : "") << "`" << parameter.words[i] << "`";
            }
            out << " |\n";
        }
    }
    return out.str();
}

TEST(Reference, TheDocumentIsTheCatalog) {
    const std::string path = CONFAB_SOURCE_DIR "/docs/generators.md";
    const std::string expected = reference();
    if (std::getenv("CONFAB_UPDATE_DOCS")) std::ofstream(path) << expected;
    std::ifstream file(path);
    const std::string found((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    EXPECT_TRUE(found == expected) << "docs/generators.md is not the catalog's; run the test with CONFAB_UPDATE_DOCS=1";
}

}  // namespace
}  // namespace confab::plan
