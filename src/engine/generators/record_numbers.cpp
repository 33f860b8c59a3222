#include "engine/generators/record_numbers.hpp"

#include <algorithm>
#include <bit>

#include "base/random.hpp"
#include "engine/generators/text_column.hpp"
#include "plan/catalog.hpp"

namespace confab::engine {

namespace {

constexpr std::uint64_t most_records = 1ULL << 18U;
constexpr std::size_t batch = 1024;
constexpr std::size_t room_for_round = 6;  // characters that the mark of a later round may take

// Hashes seen so far: open addressing, at most half full.
class HashSet {
  public:
    explicit HashSet(std::size_t expected) : slots_(std::bit_ceil(2 * expected + 2)) {}

    // False when it was there before. 0 stands for an empty slot and is taken for 1.
    bool insert(std::uint64_t hash) {
        if (2 * count_ >= slots_.size()) grow();
        hash = std::max<std::uint64_t>(hash, 1);
        std::uint64_t& slot = find(hash);
        if (slot == hash) return false;
        slot = hash;
        ++count_;
        return true;
    }

  private:
    std::uint64_t& find(std::uint64_t hash) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
        return slots_[at];
    }
    void grow() {
        std::vector<std::uint64_t> old(2 * slots_.size());
        old.swap(slots_);
        for (const std::uint64_t hash : old) {
            if (hash != 0) find(hash) = hash;
        }
    }

    std::vector<std::uint64_t> slots_;
    std::size_t count_ = 0;
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

std::string to_text(const plan::Generator& generator) { return generator.kind + generator.parameters.dump(); }

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

std::uint64_t RecordNumbers::candidate_bits(std::uint64_t candidate) const { return mix(stream_, candidate); }

Result<std::shared_ptr<const RecordNumbers>> RecordNumbers::make(const plan::Generator& generator, const KernelContext& context,
                                                                 const std::string& group) {
    // rows == 0 asks for the record by itself: that is how the texts to compare are made.
    if (context.rows == 0) return std::shared_ptr<const RecordNumbers>();
    const schema::Table& table = context.schema.tables[context.table];
    const plan::TablePlan* planned = context.plan.find(schema::display(table.name));
    // Columns whose texts must differ: those of the group that are unique, and this one where it is asked for.
    std::vector<std::pair<const plan::Generator*, schema::ColumnId>> unique;
    std::string key = table.name.name + "/" + std::to_string(context.table) + "/" + generator.kind + "/" + group +
                      "/" + std::to_string(context.rows);
    const std::vector<plan::ColumnPlan> none;
    for (const plan::ColumnPlan& column : planned != nullptr ? planned->columns : none) {
        if (column.generator.kind != generator.kind || group_of(column.generator) != group) continue;
        const auto id = table.find_column(column.column);
        if (id && is_unique_column(context, *id)) unique.emplace_back(&column.generator, *id);
    }
    const bool known = std::any_of(unique.begin(), unique.end(), [&](const auto& each) { return each.second == context.column; });
    if (context.must_be_unique && !known) {
        unique.emplace_back(&generator, context.column);
        key += "/" + std::to_string(context.column) + to_text(generator);
    }
    if (context.records != nullptr && context.records->at(key) != nullptr) return context.records->at(key);

    std::vector<Sibling> siblings;
    for (const auto& [sibling, column] : unique) {
        KernelContext inner = context;
        inner.column = column;
        inner.type = column == context.column ? context.type : context.schema.base_type(table.columns[column].type);
        inner.rows = 0;
        inner.must_be_unique = false;
        if (schema::physical_of(context.schema, inner.type) != Physical::text) continue;
        CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(alone(*sibling), inner));
        const bool limited = inner.type.kind == schema::TypeKind::varchar || inner.type.kind == schema::TypeKind::character;
        const bool bounded = limited && inner.type.length > 0;
        siblings.push_back({std::move(kernel), bounded ? static_cast<std::size_t>(inner.type.length) : TextColumn::unlimited});
    }
    if (siblings.empty()) return std::shared_ptr<const RecordNumbers>();
    auto numbers = std::make_shared<RecordNumbers>(stream_key(context.plan.seed, schema::display(table.name), group, "records"));
    numbers->choose(siblings, context.rows);
    if (context.records != nullptr) context.records->at(key) = numbers;
    return std::shared_ptr<const RecordNumbers>(std::move(numbers));
}

void RecordNumbers::choose(const std::vector<Sibling>& siblings, std::uint64_t rows) {
    std::uint64_t wanted = 1024;
    while (wanted < most_records && wanted < 2 * rows) wanted *= 4;
    std::vector<Vector> texts(siblings.size());
    std::vector<std::uint64_t> bits(batch);
    // In a second try, when there are too few, texts must also differ without the room for the mark of a later round.
    for (const std::size_t reserved : {std::size_t{0}, room_for_round}) {
        accepted_.clear();
        const std::uint64_t tries = 6 * wanted;
        std::vector<HashSet> seen(siblings.size(), HashSet(wanted));
        for (std::uint64_t first = 0; first < tries && accepted_.size() < wanted; first += batch) {
            for (std::size_t i = 0; i < batch; ++i) bits[i] = candidate_bits(first + i);
            for (std::size_t s = 0; s < siblings.size(); ++s) siblings[s].kernel->draw(bits, {}, texts[s]);
            for (std::size_t i = 0; i < batch && accepted_.size() < wanted; ++i) {
                bool fresh = true;
                for (std::size_t s = 0; s < siblings.size() && fresh; ++s) {
                    if (texts[s].is_null(i)) continue;
                    std::string_view text = texts[s].data<std::string_view>()[i];
                    const std::size_t limit = siblings[s].limit;
                    if (limit != TextColumn::unlimited && limit > reserved) text = first_characters(text, limit - reserved);
                    fresh = seen[s].insert(hash_text(text));
                }
                if (fresh) accepted_.push_back(static_cast<std::uint32_t>(first + i));
            }
        }
        if (accepted_.size() >= rows) return;
    }
    rounds_ = (rows + accepted_.size() - 1) / std::max<std::size_t>(1, accepted_.size());
}

}  // namespace confab::engine
