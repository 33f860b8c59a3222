// No circle between columns: a walk over what each column is made from; where it comes back to itself the weakest
// inference on the way is taken back.
#include <algorithm>
#include <optional>
#include <set>

#include "expr/expr.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

// Why a column reads another; a smaller number is given up sooner.
enum class Cause : std::uint8_t { flavour, existence, rule, override_step, state, distance, definition, structure };

struct Edge {
    std::size_t to = 0;
    Cause cause = Cause::structure;
    std::string parameter;      // of the column's generator, for flavour and existence
    std::size_t position = 0;   // among the table's rules or overrides
};

struct Node {
    TableDraft* table = nullptr;
    ColumnDraft* column = nullptr;
    std::vector<Edge> edges;
};

class Graph {
  public:
    explicit Graph(Draft& draft) : draft_(draft) {
        for (TableDraft& table : draft.tables) {
            first_.push_back(nodes_.size());
            for (ColumnDraft& column : table.columns) nodes_.push_back({&table, &column, {}});
        }
        for (TableDraft& table : draft.tables) {
            if (table.planned) add_table(table);
        }
    }

    std::vector<Node>& nodes() { return nodes_; }

    // Columns on a circle with, for each, the edge to the next; empty when there is none.
    std::vector<std::pair<std::size_t, const Edge*>> find_circle() const {
        enum : std::uint8_t { white, grey, black };
        std::vector<std::uint8_t> color(nodes_.size(), white);
        std::vector<std::pair<std::size_t, std::size_t>> stack;  // node, next edge
        for (std::size_t start = 0; start < nodes_.size(); ++start) {
            if (color[start] != white) continue;
            stack.emplace_back(start, 0);
            color[start] = grey;
            while (!stack.empty()) {
                auto& [node, next] = stack.back();
                if (next == nodes_[node].edges.size()) {
                    color[node] = black;
                    stack.pop_back();
                    continue;
                }
                const Edge& edge = nodes_[node].edges[next++];
                if (color[edge.to] == white) {
                    color[edge.to] = grey;
                    stack.emplace_back(edge.to, 0);
                } else if (color[edge.to] == grey) {
                    std::vector<std::pair<std::size_t, const Edge*>> circle;
                    auto at = std::find_if(stack.begin(), stack.end(), [&](const auto& each) { return each.first == edge.to; });
                    for (; at != stack.end(); ++at) circle.emplace_back(at->first, &nodes_[at->first].edges[at->second - 1]);
                    return circle;
                }
            }
        }
        return {};
    }

  private:
    std::size_t node(schema::TableId table, schema::ColumnId column) const { return first_[table] + column; }

    void add_edge(std::size_t from, std::size_t to, const Edge& like) {
        Edge edge = like;
        edge.to = to;
        nodes_[from].edges.push_back(std::move(edge));
    }

    // Takes back edges to a node, those before position `kept` left as they are.
    void forget_edges(std::size_t from, std::size_t to, std::size_t kept = 0) {
        auto& edges = nodes_[from].edges;
        const auto begin = edges.begin() + static_cast<std::ptrdiff_t>(kept);
        edges.erase(std::remove_if(begin, edges.end(), [&](const Edge& edge) { return edge.to == to; }), edges.end());
    }

    void follow(std::size_t from, schema::TableId table, const std::vector<expr::Hop>& path, const Edge& like) {
        (void)table;
        for (const expr::Hop& hop : path) {
            for (const schema::ColumnId column : draft_.schema->tables[hop.table].foreign_keys[hop.foreign_key].columns) add_edge(from, node(hop.table, column), like);
        }
    }

    void add_inputs(std::size_t from, const expr::Program& program, const Edge& like) {
        for (const expr::Input& input : program.inputs()) {
            follow(from, input.table, input.path, like);
            if (input.kind == expr::InputKind::column) add_edge(from, node(input.table, input.column), like);
            if (input.kind != expr::InputKind::aggregate) continue;
            for (const schema::ColumnId column : draft_.schema->tables[input.child.table].foreign_keys[input.child.foreign_key].columns)
                add_edge(from, node(input.child.table, column), like);
            if (input.argument) add_inputs(from, *input.argument, like);
            if (input.filter) add_inputs(from, *input.filter, like);
        }
    }

    void add_sql(std::size_t from, schema::TableId table, const std::string& sql, const Edge& like) {
        if (const auto program = expr::compile(*draft_.schema, table, sql, expr::Want::any)) add_inputs(from, *program, like);
    }

    static Cause cause_of(const std::string& kind, const std::string& parameter) {
        if (parameter == "existed_at" || parameter == "agrees" || parameter == "preferred") return Cause::existence;
        if (kind == "expression") return Cause::definition;
        if (kind == "case") return Cause::state;
        if (kind == "after" || kind == "before" || kind == "between" || kind == "ratio") return Cause::distance;
        return Cause::flavour;
    }

    // Any text that reads as an expression of the row counts: a parameter that does not, compiles to nothing.
    void add_generator(std::size_t from, schema::TableId table, const std::string& outer_kind, const std::string& kind, const Json& parameters) {
        const plan::Json& p = parameters;
        for (const auto& [key, value] : p.items()) {
            Edge like;
            like.cause = cause_of(outer_kind, key);
            like.parameter = key;
            static const std::set<std::string> expressions = {"sql", "of", "until", "from", "lower", "upper", "existed_at", "agrees", "preferred", "first", "last", "name", "gender", "domain", "department", "title",
                                                              "category", "genre", "cuisine", "city", "rating", "subject", "place", "status", "when", "year"};
            if (value.is_string() && expressions.contains(key)) {
                const bool vocabulary = (key == "of" && (kind == "title" || kind == "text")) || (key == "from" && kind != "before");
                if (!vocabulary) add_sql(from, table, value.get<std::string>(), like);
                // The way through the reference itself is no circle.
                if (key == "agrees" || key == "preferred") forget_edges(from, from);
            } else if (key == "cases" && value.is_array()) {
                for (const Json& each : value) {
                    add_sql(from, table, each["when"].get<std::string>(), like);
                    add_generator(from, table, "case", each["then"].value("generator", ""), each["then"]);
                }
            } else if (key == "else" && value.is_object()) {
                add_generator(from, table, "case", value.value("generator", ""), value);
            }
        }
    }

    void add_table(TableDraft& table) {
        for (ColumnDraft& column : table.columns) {
            const std::size_t from = node(table.id, column.id);
            if (column.generated()) {
                Edge like;
                add_sql(from, table.id, *column.declared->generated_sql, like);
            } else {
                add_generator(from, table.id, column.generator.kind, column.generator.kind, column.generator.parameters);
            }
        }
        for (std::size_t i = 0; i < table.overrides.size(); ++i) {
            for (const auto& [name, sql] : table.overrides[i].set) {
                const ColumnDraft* column = table.find(name);
                if (column == nullptr) continue;
                Edge like;
                like.cause = Cause::override_step;
                like.position = i;
                // An override reads its own column's earlier value: no circle.
                const std::size_t from = node(table.id, column->id);
                const std::size_t before = nodes_[from].edges.size();
                if (!table.overrides[i].when.empty()) add_sql(from, table.id, table.overrides[i].when, like);
                add_sql(from, table.id, sql, like);
                forget_edges(from, from, before);
            }
        }
        for (std::size_t i = 0; i < table.rules.size(); ++i) add_rule(table, i);
    }

    // `a.b = c.d`: the reference a is picked so that it agrees with what c leads to.
    void add_rule(TableDraft& table, std::size_t position) {
        const auto program = expr::compile(*draft_.schema, table.id, table.rules[position], expr::Want::boolean);
        if (!program || program->inputs().empty() || program->inputs()[0].path.empty()) return;
        const expr::Hop restricted = program->inputs()[0].path.front();
        Edge like;
        like.cause = Cause::rule;
        like.position = position;
        for (const schema::ColumnId column : draft_.schema->tables[restricted.table].foreign_keys[restricted.foreign_key].columns) {
            const std::size_t from = node(restricted.table, column);
            const std::size_t before = nodes_[from].edges.size();
            add_inputs(from, *program, like);
            forget_edges(from, from, before);
        }
    }

    Draft& draft_;
    std::vector<std::size_t> first_;
    std::vector<Node> nodes_;
};

// Takes the inference behind an edge back; says what it was.
std::string take_back(Node& node, const Edge& edge) {
    const std::string where = node.table->name() + "." + node.column->name();
    Generator& generator = node.column->generator;
    switch (edge.cause) {
        case Cause::flavour:
        case Cause::existence:
            if (generator.parameters.contains(edge.parameter) && generator.kind != "case") {
                generator.parameters.erase(edge.parameter);
                return where + ": " + edge.parameter;
            }
            break;
        case Cause::rule: {
            const std::string rule = node.table->rules[edge.position];
            node.table->rules.erase(node.table->rules.begin() + static_cast<std::ptrdiff_t>(edge.position));
            return node.table->name() + ": " + rule;
        }
        case Cause::override_step: {
            node.table->overrides.erase(node.table->overrides.begin() + static_cast<std::ptrdiff_t>(edge.position));
            return where + ": an override";
        }
        default: break;
    }
    generator = node.column->alone;
    return where + ": its tie to other columns";
}

}  // namespace

std::vector<std::string> break_circles(Draft& draft) {
    std::vector<std::string> removed;
    constexpr int most_rounds = 500;
    for (int round = 0; round < most_rounds; ++round) {
        Graph graph(draft);
        const auto circle = graph.find_circle();
        if (circle.empty()) break;
        std::optional<std::size_t> weakest;
        for (std::size_t i = 0; i < circle.size(); ++i) {
            if (circle[i].second->cause == Cause::structure) continue;
            if (!weakest || circle[i].second->cause < circle[*weakest].second->cause) weakest = i;
        }
        if (!weakest) break;  // of the schema's own generated columns: not ours
        const Edge edge = *circle[*weakest].second;
        removed.push_back(take_back(graph.nodes()[circle[*weakest].first], edge));
    }
    return removed;
}

}  // namespace confab::planner
