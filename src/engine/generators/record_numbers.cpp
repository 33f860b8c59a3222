#include "engine/generators/record_numbers.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/random.hpp"
#include "engine/generators/text_column.hpp"
#include "plan/catalog.hpp"

namespace confab::engine {

namespace {

constexpr std::uint64_t most_records = 1ULL << 18U;
constexpr std::size_t batch = 1024;
constexpr std::size_t room_for_round = 6;  // characters that the mark of a later round may take

struct Sibling {
    std::unique_ptr<Kernel> kernel;
    std::size_t limit = TextColumn::unlimited;
};

// The generator without what it reads from the row: the record by itself. `true` stands where an expression stood.
plan::Generator alone(const plan::Generator& generator) {
    plan::Generator plain = generator;
    const plan::GeneratorEntry* entry = plan::find_generator(generator.kind);
    if (!entry) return plain;
    for (const plan::Parameter& parameter : entry->parameters) {
        if (parameter.kind != plan::ParameterKind::expression) continue;
        if (const auto found = plain.parameters.find(std::string(parameter.name)); found != plain.parameters.end()) *found = true;
    }
    return plain;
}

}  // namespace

std::string group_of(const plan::Generator& generator) {
    const auto group = generator.parameters.find("group");
    return group != generator.parameters.end() && group->is_string() ? group->get<std::string>() : generator.kind;
}

bool is_unique_column(const KernelContext& context, schema::ColumnId column) {
    const schema::Table& table = context.schema.tables[context.table];
    for (const schema::Key& key : table.keys) {
        if (key.columns.size() == 1 && key.columns[0] == column) return true;
    }
    const std::string& name = table.columns[column].name;
    for (const schema::Index& index : table.indexes) {
        if (!index.unique || index.members.size() != 1) continue;
        const schema::IndexMember& member = index.members[0];
        if (member.column ? *member.column == column : member.sql.find(name) != std::string::npos) return true;
    }
    const plan::TablePlan* planned = context.plan.find(schema::display(table.name));
    const plan::ColumnPlan* column_plan = planned ? planned->find(name) : nullptr;
    return column_plan && column_plan->unique;
}

std::uint64_t RecordNumbers::candidate_bits(std::uint64_t candidate) { return mix(0x5EC0BD5EC0BDULL, candidate); }

Result<std::shared_ptr<const RecordNumbers>> RecordNumbers::make(const plan::Generator& generator, const KernelContext& context,
                                                                 const std::string& group) {
    // rows == 0 asks for the record by itself: that is how the texts to compare are made.
    if (context.rows == 0) return std::shared_ptr<const RecordNumbers>();
    const schema::Table& table = context.schema.tables[context.table];
    const plan::TablePlan* planned = context.plan.find(schema::display(table.name));
    std::vector<Sibling> siblings;
    const auto add = [&](const plan::Generator& sibling, schema::ColumnId column, const schema::Type& type) -> Status {
        KernelContext inner = context;
        inner.column = column;
        inner.type = type;
        inner.rows = 0;
        inner.must_be_unique = false;
        if (schema::physical_of(context.schema, type) != Physical::text) return {};
        CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(alone(sibling), inner));
        const bool limited = type.kind == schema::TypeKind::varchar || type.kind == schema::TypeKind::character;
        siblings.push_back({std::move(kernel), limited && type.length > 0 ? static_cast<std::size_t>(type.length) : TextColumn::unlimited});
        return {};
    };
    bool self_added = false;
    if (planned) {
        for (const plan::ColumnPlan& column : planned->columns) {
            if (column.generator.kind != generator.kind || group_of(column.generator) != group) continue;
            const auto id = table.find_column(column.column);
            if (!id || !is_unique_column(context, *id)) continue;
            CONFAB_CHECK(add(column.generator, *id, context.schema.base_type(table.columns[*id].type)));
            self_added = self_added || *id == context.column;
        }
    }
    if (context.must_be_unique && !self_added) CONFAB_CHECK(add(generator, context.column, context.type));
    if (siblings.empty()) return std::shared_ptr<const RecordNumbers>();

    auto numbers = std::make_shared<RecordNumbers>();
    std::uint64_t wanted = 1024;
    while (wanted < most_records && wanted < 2 * context.rows) wanted *= 4;
    std::vector<Vector> texts(siblings.size());
    std::vector<std::unordered_set<std::uint64_t>> seen(siblings.size());
    std::vector<std::uint64_t> bits(batch);
    // In a second try, when there are too few, texts must also differ without the room for the mark of a later round.
    for (const std::size_t reserved : {std::size_t{0}, room_for_round}) {
        numbers->accepted_.clear();
        for (auto& set : seen) set.clear();
        const std::uint64_t tries = 6 * wanted;
        for (std::uint64_t first = 0; first < tries && numbers->accepted_.size() < wanted; first += batch) {
            for (std::size_t i = 0; i < batch; ++i) bits[i] = candidate_bits(first + i);
            for (std::size_t s = 0; s < siblings.size(); ++s) siblings[s].kernel->draw(bits, {}, texts[s]);
            for (std::size_t i = 0; i < batch && numbers->accepted_.size() < wanted; ++i) {
                bool fresh = true;
                for (std::size_t s = 0; s < siblings.size() && fresh; ++s) {
                    if (texts[s].is_null(i)) continue;
                    std::string_view text = texts[s].data<std::string_view>()[i];
                    if (siblings[s].limit != TextColumn::unlimited && siblings[s].limit > reserved) text = first_characters(text, siblings[s].limit - reserved);
                    fresh = seen[s].insert(hash_text(text)).second;
                }
                if (fresh) numbers->accepted_.push_back(static_cast<std::uint32_t>(first + i));
            }
        }
        if (numbers->accepted_.size() >= context.rows) return std::shared_ptr<const RecordNumbers>(std::move(numbers));
    }
    numbers->rounds_ = (context.rows + numbers->accepted_.size() - 1) / std::max<std::size_t>(1, numbers->accepted_.size());
    return std::shared_ptr<const RecordNumbers>(std::move(numbers));
}

}  // namespace confab::engine
