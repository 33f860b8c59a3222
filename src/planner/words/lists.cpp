// Only these values, or mostly: "cuisine only Italian or Thai", "ratings mostly 4 or 5", "only Italian
// restaurants".
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "vocabulary/vocabulary.hpp"

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

// What the column's words can be, as far as that is known: labels, a list of the vocabulary, the plan's own
// choices.
std::vector<std::string> known_values(Editing& editing, const ColumnMention& mention) {
    const ColumnDraft& column = column_of(editing, mention.table, mention.column);
    std::vector<std::string> known = allowed_values(editing.draft, column);
    const plan::ColumnPlan* planned = planned_column(editing, mention.table, mention.column);
    if (!known.empty() || planned == nullptr) return known;
    const Json& parameters = planned->generator.parameters;
    const auto add = [&](const std::string& list) {
        const vocabulary::List words = vocabulary::find(list);
        for (std::size_t i = 0; i < words.size(); ++i) known.emplace_back(words[i]);
    };
    const std::string field = parameters.value("field", "");
    if (planned->generator.kind == "vocabulary")
        add("list." + parameters.value("list", "") + "." + (field.empty() ? "name" : field));
    if (planned->generator.kind == "dish" && (field == "cuisine" || field == "category"))
        add("dish." + field);
    if (planned->generator.kind == "product" && field == "category") add("product.category");
    if (planned->generator.kind == "choice") {
        for (const Json& value : parameters["values"])
            if (value.is_string()) known.push_back(value.get<std::string>());
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    return known;
}

std::string_view known_as(const std::vector<std::string>& known, const std::string& text) {
    const auto same = [&](const std::string& each) {
        return fold_case(each) == fold_case(text) || fold_case(each) == singular(fold_case(text));
    };
    const auto found = std::find_if(known.begin(), known.end(), same);
    return found == known.end() ? std::string_view() : std::string_view(*found);
}

struct Piece {
    std::string text;
    bool sure = false;  // quoted, a number, or written with a capital
    std::size_t words = 0;
};

// The words that are neither the column, the table nor the frame, apart at "or", "and" and commas.
std::vector<Piece> pieces_of(Clause& clause) {
    std::vector<Piece> pieces;
    Piece piece;
    const auto flush = [&] {
        if (!piece.text.empty()) pieces.push_back(piece);
        piece = {};
    };
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const Token& token = clause.tokens[i];
        if (clause.word_at(i, {"or", "and", ","})) {
            clause.use(i);
            flush();
        } else if (clause.used(i) || (!token.quoted && is_filler(token.word))) {
            // "Italian or Thai, make it purple": another sentence, not another value.
            const bool article = clause.word_at(i, {"a", "an", "the", "of", "in", "to", "be"});
            if (!pieces.empty() && piece.text.empty() && !clause.used(i) && !article) return {};
            flush();
        } else {
            const bool capital = token.text[0] >= 'A' && token.text[0] <= 'Z';
            piece.sure =
                (piece.text.empty() || piece.sure) && (token.quoted || token.number.has_value() || capital);
            // `O+` is two tokens and one value.
            const bool joined = i > 0 && clause.tokens[i - 1].to == token.from;
            piece.text += (piece.text.empty() || joined ? "" : " ") + token.text;
            ++piece.words;
            clause.use(i);
        }
    }
    flush();
    return pieces;
}

// The pieces as values of the column; nothing when one of them is none: `make it purple` is no cuisine.
std::optional<Json> values_of(Editing& editing, const ColumnMention& mention,
                              const std::vector<Piece>& pieces, std::string& why) {
    const ColumnDraft& column = column_of(editing, mention.table, mention.column);
    const std::vector<std::string> known = known_values(editing, mention);
    Json values = Json::array();
    for (const Piece& piece : pieces) {
        const std::string_view usual = known_as(known, piece.text);
        if (usual.empty() && !piece.sure && (piece.words > 1 || !known.empty()) &&
            allowed_values(editing.draft, column).empty())
            return std::nullopt;
        const auto made = value_for(editing, column, usual.empty() ? piece.text : std::string(usual), why);
        if (!made && piece.words > 2) {
            why.clear();
            return std::nullopt;
        }
        if (!made) return Json();
        values.push_back(*made);
    }
    return values;
}

// Values beside those that are wanted most.
Json others_of(const plan::ColumnPlan& planned, const ColumnDraft& column, const Json& values) {
    Json others = Json::array();
    const auto add = [&](const Json& each) {
        if (std::find(values.begin(), values.end(), each) == values.end()) others.push_back(each);
    };
    if (planned.generator.kind == "choice") {
        for (const Json& each : planned.generator.parameters["values"]) add(each);
    } else if (column.type_class == 'i' && column.role == "rating") {
        const auto most = static_cast<std::int64_t>(column.facts.upper.value_or(5));
        for (auto star = static_cast<std::int64_t>(column.facts.lower.value_or(1)); star <= most; ++star)
            add(Json(star));
    }
    return others;
}

void set_values(Editing& editing, const ColumnMention& mention, Json values, bool mostly) {
    plan::ColumnPlan& planned = *planned_column(editing, mention.table, mention.column);
    plan::TablePlan& table = planned_table(editing, mention.table);
    const ColumnDraft& column = column_of(editing, mention.table, mention.column);
    std::vector<std::string> said;
    for (const Json& value : values)
        said.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    editing.understood.push_back(fmt::format("{}: {} {}", name_of(editing, mention.table, mention.column),
                                             mostly ? "mostly" : "only", enumerate(said, "or")));
    editing.shares.erase({mention.table, mention.column});
    forget_overrides(table, column.name());
    const std::string field = planned.generator.parameters.value("field", "");
    if (!mostly && planned.generator.kind == "dish" && (field == "cuisine" || field == "category")) {
        // The dishes of the table go along.
        for (plan::ColumnPlan& each : table.columns)
            if (each.generator.kind == "dish") each.generator.parameters["values"] = values;
        return;
    }
    if (!mostly) {
        planned.generator = values.size() == 1 ? plan::Generator{"constant", {{"value", values[0]}}}
                                               : plan::Generator{"choice", {{"values", values}}};
        return;
    }
    Json weights = Json::array();
    const Json others = others_of(planned, column, values);
    const double part = (others.empty() ? 100.0 : 85.0) / static_cast<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) weights.push_back(part);
    for (const Json& each : others) {
        values.push_back(each);
        weights.push_back(15.0 / static_cast<double>(others.size()));
    }
    planned.generator = {"choice", {{"values", values}, {"weights", weights}}};
}

// "Italian restaurants", "only Italian and Thai restaurants": values that only one column of the table knows.
std::optional<ColumnMention> column_that_knows(Editing& editing, const Clause& clause) {
    if (clause.tables.size() != 1) return std::nullopt;
    const TableDraft& table = editing.draft.tables[clause.tables[0].table];
    for (const ColumnDraft& column : table.columns) {
        if (column.type_class != 't' || column.base.is_array() || column.generated() ||
            !column.foreign_keys.empty())
            continue;
        const ColumnMention mention{table.id, column.id, {}, 1};
        const std::vector<std::string> known = known_values(editing, mention);
        std::size_t words = 0, values = 0;
        for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
            if (clause.in_table(i) || clause.used(i) || is_filler(clause.tokens[i].word) ||
                clause.word_at(i, "or"))
                continue;
            ++words;
            values += known_as(known, clause.tokens[i].text).empty() ? 0 : 1;
        }
        if (words > 0 && words == values) return mention;
    }
    return std::nullopt;
}

}  // namespace

bool set_list(Editing& editing, Clause& clause) {
    const bool mostly =
        clause.use_words({"mostly", "mainly", "usually", "often", "primarily", "typically", "predominantly"});
    const bool only = clause.use_words(
        {"only", "must", "always", "either", "limited", "just", "exclusively", "restricted", "all", "every"});
    if (const auto one = clause.find("one"); one && clause.word_at(*one + 1, "of"))
        clause.use({*one, *one + 2});
    clause.use_words({"stars", "star", "either"});
    std::vector<ColumnMention> columns = named_columns(editing, clause, "tinf");
    const bool by_value = columns.empty();
    if (by_value) {
        const auto knowing = column_that_knows(editing, clause);
        if (!knowing) return false;
        columns.push_back(*knowing);
    }
    const bool listed = clause.has("or") || clause.find(":") || clause.find("=") || clause.has("one");
    if (!mostly && !only && !listed && !by_value) return false;
    use_column(editing, clause, columns.front());
    clause.use_tables();
    const std::vector<Piece> pieces = pieces_of(clause);
    if (pieces.empty() || !clause.accounted()) return false;
    // Of several columns of that name, the one that knows the values.
    std::string why;
    std::optional<Json> values;
    ColumnMention named = columns.front();
    for (const ColumnMention& each : columns) {
        std::string reason;
        const auto made = values_of(editing, each, pieces, reason);
        if (!made || (values && made->is_null())) continue;
        values = made;
        named = each;
        why = reason;
        if (!made->is_null()) break;
    }
    if (!values) return false;
    editing.about = named.table;
    if (is_derived(editing, named)) return true;
    if (values->is_null())
        editing.refused.push_back(name_of(editing, named.table, named.column) + ": " + why);
    else
        set_values(editing, named, *values, mostly);
    return true;
}

}  // namespace confab::planner::words
