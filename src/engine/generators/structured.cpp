// json, xml, array, range: values made of other generators' values.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "base/value_text.hpp"
#include "engine/generators/domain_values.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/moment_column.hpp"
#include "engine/generators/number_column.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/text_column.hpp"
#include "engine/generators/value_form.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;

// Whether a member's text stands bare in JSON.
enum class Bare : std::uint8_t { quoted, bare };

struct Member {
    std::string name;
    std::unique_ptr<Kernel> kernel;
    schema::Type type;
    Bare bare = Bare::quoted;
};

// The type in which a generator's value is made when no column says so.
schema::Type natural_type(const plan::Generator& generator) {
    schema::Type type;
    const auto kind = [&](TypeKind k) { type.kind = k; };
    if (generator.kind == "integer") kind(TypeKind::bigint);
    else if (generator.kind == "boolean") kind(TypeKind::boolean);
    else if (generator.kind == "json") kind(TypeKind::json);
    else if (generator.kind == "decimal" || generator.kind == "ratio") {
        kind(TypeKind::numeric);
        type.precision = 16;
        type.scale = 2;
    } else if (generator.kind == "float") kind(TypeKind::double_precision);
    else if (generator.kind == "array") type.dimensions = 1;
    else if (generator.kind == "choice" || generator.kind == "constant") {
        const auto found = generator.parameters.find(generator.kind == "choice" ? "values" : "value");
        const plan::Json* sample = found == generator.parameters.end() ? nullptr : &*found;
        if (sample && sample->is_array() && !sample->empty()) sample = &sample->front();
        if (sample && sample->is_number_integer()) kind(TypeKind::bigint);
        else if (sample && sample->is_number()) kind(TypeKind::double_precision);
        else if (sample && sample->is_boolean()) kind(TypeKind::boolean);
    }
    return type;
}

Bare bareness(const schema::Type& type) {
    const bool bare = schema::is_numeric(type.kind) || type.kind == TypeKind::boolean || type.kind == TypeKind::json;
    return bare && !type.is_array() ? Bare::bare : Bare::quoted;
}

Result<std::vector<Member>> make_members(const plan::Generator& generator, const KernelContext& context) {
    const auto fields = generator.parameters.find("fields");
    if (fields == generator.parameters.end() || !fields->is_object() || fields->empty()) {
        return parameter_error(generator.kind, "fields", "must be an object of generators");
    }
    std::vector<Member> members;
    for (const auto& [name, json] : fields->items()) {
        CONFAB_TRY(plan::Generator nested, nested_generator(json));
        KernelContext inner = context;
        inner.type = natural_type(nested);
        inner.must_be_unique = false;
        CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(nested, inner));
        members.push_back({name, std::move(kernel), inner.type, bareness(inner.type)});
    }
    return members;
}

void append_json_text(std::string_view value, std::string& text) {
    text += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (byte < 0x20) {
            text += fmt::format("\\u{:04x}", byte);
        } else {
            text += c;
        }
    }
    text += '"';
}

void append_xml_text(std::string_view value, std::string& text) {
    for (const char c : value) {
        if (c == '<') text += "&lt;";
        else if (c == '>') text += "&gt;";
        else if (c == '&') text += "&amp;";
        else text += c;
    }
}

// Draws all members, then lets the writer put them together row by row.
class MembersKernel : public Kernel {
  public:
    MembersKernel(TextColumn column, std::vector<Member> members) : column_(column), members_(std::move(members)) {
        for (const Member& member : members_) {
            first_input_.push_back(inputs_.size());
            for (Input& input : member.kernel->inputs()) inputs_.push_back(std::move(input));
        }
    }
    std::vector<Input> inputs() const override { return inputs_; }

  protected:
    template <typename Write>
    void make(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out, Write write) const {
        std::vector<Vector> made(members_.size());
        std::vector<std::uint64_t> bits(entropy.size());
        for (std::size_t m = 0; m < members_.size(); ++m) {
            for (std::size_t i = 0; i < entropy.size(); ++i) bits[i] = mix(entropy[i], m + 1);
            members_[m].kernel->draw(bits, {inputs.vectors.subspan(first_input_[m], members_[m].kernel->inputs().size())}, made[m]);
        }
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            write(i, made, text);
            return true;
        });
    }

    TextColumn column_;
    std::vector<Member> members_;

  private:
    std::vector<Input> inputs_;
    std::vector<std::size_t> first_input_;
};

class JsonKernel final : public MembersKernel {
  public:
    // jsonb prints a space after colon and comma, and so does what people write.
    JsonKernel(TextColumn column, std::vector<Member> members) : MembersKernel(column, std::move(members)) {}
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        make(entropy, inputs, out, [&](std::size_t i, const std::vector<Vector>& made, std::string& text) {
            text += '{';
            for (std::size_t m = 0; m < members_.size(); ++m) {
                if (m > 0) text += ", ";
                append_json_text(members_[m].name, text);
                text += ": ";
                if (made[m].is_null(i)) {
                    text += "null";
                } else if (members_[m].type.kind == TypeKind::boolean) {
                    text += made[m].data<std::uint8_t>()[i] != 0 ? "true" : "false";
                } else if (members_[m].type.is_array()) {
                    append_json_array(made[m].data<std::string_view>()[i], text);
                } else {
                    const std::string value = element_text(value_form(members_[m].type), made[m], i);
                    if (members_[m].bare == Bare::bare) text += value;
                    else append_json_text(value, text);
                }
            }
            text += '}';
        });
    }

  private:
    // From PostgreSQL's text form of a one-dimensional array of text.
    static void append_json_array(std::string_view array, std::string& text) {
        text += '[';
        bool first = true;
        std::string element;
        for (std::size_t i = 1; i + 1 < array.size();) {
            element.clear();
            const bool quoted = array[i] == '"';
            if (quoted) ++i;
            while (i + 1 < array.size() && (quoted ? array[i] != '"' : array[i] != ',')) {
                if (array[i] == '\\') ++i;
                element += array[i++];
            }
            if (quoted) ++i;
            if (i < array.size() && array[i] == ',') ++i;
            if (!first) text += ", ";
            first = false;
            append_json_text(element, text);
        }
        text += ']';
    }
};

class XmlKernel final : public MembersKernel {
  public:
    XmlKernel(TextColumn column, std::vector<Member> members, std::string root) : MembersKernel(column, std::move(members)), root_(std::move(root)) {}
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        make(entropy, inputs, out, [&](std::size_t i, const std::vector<Vector>& made, std::string& text) {
            text += '<' + root_ + '>';
            for (std::size_t m = 0; m < members_.size(); ++m) {
                if (made[m].is_null(i)) continue;
                text += '<' + members_[m].name + '>';
                append_xml_text(element_text(value_form(members_[m].type), made[m], i), text);
                text += "</" + members_[m].name + '>';
            }
            text += "</" + root_ + '>';
        });
    }

  private:
    std::string root_;
};

bool needs_quotes(std::string_view element) {
    if (element.empty()) return true;
    if (element.size() == 4 && (element[0] == 'N' || element[0] == 'n')) {
        std::string lower(element);
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (lower == "null") return true;
    }
    return element.find_first_of("{},\"\\ \t") != std::string_view::npos;
}

void append_array_element(std::string_view element, std::string& text) {
    if (!needs_quotes(element)) {
        text += element;
        return;
    }
    text += '"';
    for (const char c : element) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    text += '"';
}

class ArrayKernel final : public Kernel {
  public:
    ArrayKernel(std::unique_ptr<Kernel> of, schema::Type element, const schema::Enumeration* labels, std::uint64_t least, std::uint64_t most, bool distinct, int dimensions)
        : of_(std::move(of)), element_(std::move(element)), labels_(labels), least_(least), most_(most), distinct_(distinct), dimensions_(dimensions) {}

    std::uint64_t capacity() const override { return least_ == 1 && most_ == 1 ? of_->capacity() : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        std::vector<std::uint64_t> bits;
        std::vector<std::uint32_t> counts(entropy.size());
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            counts[i] = static_cast<std::uint32_t>(least_ + bounded(mix(entropy[i], 1), most_ - least_ + 1));
            for (std::uint32_t e = 0; e < counts[i]; ++e) bits.push_back(mix(entropy[i], e + 2));
        }
        Vector elements;
        of_->draw(bits, {}, elements);
        write(counts, elements, out);
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        Vector elements;
        of_->pick(numbers, {}, elements);
        write(std::vector<std::uint32_t>(numbers.size(), 1), elements, out);
    }

  private:
    void write(const std::vector<std::uint32_t>& counts, const Vector& elements, Vector& out) const {
        std::size_t next = 0;
        std::vector<std::string> seen;
        fill_text({}, counts.size(), out, [&](std::size_t i, std::string& text) {
            seen.clear();
            for (std::uint32_t e = 0; e < counts[i]; ++e, ++next) {
                if (elements.is_null(next)) continue;
                std::string value = labels_ ? labels_->labels[static_cast<std::size_t>(elements.data<std::int64_t>()[next])]
                                            : element_text(value_form(element_), elements, next);
                if (distinct_ && seen.size() >= 1 && std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
                seen.push_back(std::move(value));
            }
            if (seen.empty()) {
                text += "{}";
                return true;
            }
            text.append(static_cast<std::size_t>(dimensions_), '{');
            const char separator = element_.kind == TypeKind::box ? ';' : ',';
            for (std::size_t e = 0; e < seen.size(); ++e) {
                if (e > 0) text += separator;
                append_array_element(seen[e], text);
            }
            text.append(static_cast<std::size_t>(dimensions_), '}');
            return true;
        });
    }

    std::unique_ptr<Kernel> of_;
    schema::Type element_;
    const schema::Enumeration* labels_;
    std::uint64_t least_;
    std::uint64_t most_;
    bool distinct_;
    int dimensions_;
};

// [lower, upper) in the canonical form of the type.
class RangeKernel final : public Kernel {
  public:
    RangeKernel(std::unique_ptr<Kernel> lower, schema::Type subtype, std::int64_t minimum, std::int64_t maximum, std::uint64_t unbounded, std::int64_t unit, bool multirange)
        : lower_(std::move(lower)), subtype_(std::move(subtype)), minimum_(minimum), span_(static_cast<std::uint64_t>((maximum - minimum) / unit)),
          unbounded_(unbounded), unit_(unit), multirange_(multirange) {}

    std::vector<Input> inputs() const override { return lower_->inputs(); }
    std::uint64_t capacity() const override { return lower_->capacity(); }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        Vector lower;
        lower_->draw(entropy, inputs, lower);
        write(entropy, lower, out);
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        Vector lower;
        lower_->pick(numbers, inputs, lower);
        write(numbers, lower, out);
    }

  private:
    void write(std::span<const std::uint64_t> source, const Vector& lower, Vector& out) const {
        const TextForm form = value_form(subtype_);
        Vector upper;
        upper.reset(lower.kind(), 1, lower.scale());
        const bool moments = form == TextForm::timestamp || form == TextForm::timestamp_utc;
        fill_text({}, source.size(), out, [&](std::size_t i, std::string& text) {
            if (lower.is_null(i)) return false;
            const std::int64_t length = minimum_ + static_cast<std::int64_t>(bounded(mix(source[i], 21), span_ + 1)) * unit_;
            if (multirange_) text += '{';
            text += '[';
            append(element_text(form, lower, i), moments, text);
            text += ',';
            if (bounded(mix(source[i], 22), 1'000'000) >= unbounded_) {
                std::int64_t scaled = length;
                if (lower.kind() == Physical::wide) {
                    for (int s = 2; s < lower.scale(); ++s) scaled *= 10;
                    upper.data<Int128>()[0] = lower.data<Int128>()[i] + scaled;
                } else if (lower.kind() == Physical::float64) {
                    upper.data<double>()[0] = lower.data<double>()[i] + static_cast<double>(length) / 100;
                } else {
                    upper.data<std::int64_t>()[0] = lower.data<std::int64_t>()[i] + scaled;
                }
                append(element_text(form, upper, 0), moments, text);
            }
            text += ')';
            if (multirange_) text += '}';
            return true;
        });
    }

    static void append(const std::string& bound, bool quoted, std::string& text) {
        if (quoted) text += '"';
        text += bound;
        if (quoted) text += '"';
    }

    std::unique_ptr<Kernel> lower_;
    schema::Type subtype_;
    std::int64_t minimum_;
    std::uint64_t span_;
    std::uint64_t unbounded_;
    std::int64_t unit_;
    bool multirange_;
};

// The subtype of a range type; nothing for other types.
std::optional<schema::Type> subtype_of(const schema::Schema& schema, const schema::Type& type) {
    schema::Type subtype;
    switch (type.kind) {
        case TypeKind::int4range: case TypeKind::int4multirange: subtype.kind = TypeKind::integer; return subtype;
        case TypeKind::int8range: case TypeKind::int8multirange: subtype.kind = TypeKind::bigint; return subtype;
        case TypeKind::numrange: case TypeKind::nummultirange: subtype.kind = TypeKind::numeric; return subtype;
        case TypeKind::tsrange: case TypeKind::tsmultirange: subtype.kind = TypeKind::timestamp; return subtype;
        case TypeKind::tstzrange: case TypeKind::tstzmultirange: subtype.kind = TypeKind::timestamp_tz; return subtype;
        case TypeKind::daterange: case TypeKind::datemultirange: subtype.kind = TypeKind::date; return subtype;
        case TypeKind::user_range:
            if (const schema::RangeType* range = schema.find_range_type(type.user_type)) return schema.base_type(range->subtype);
            return {};
        default: return {};
    }
}

bool is_multirange(TypeKind kind) { return kind >= TypeKind::int4multirange && kind <= TypeKind::datemultirange; }

}  // namespace

TextForm value_form(const schema::Type& type) {
    if (type.is_array()) return TextForm::text;
    switch (type.kind) {
        case TypeKind::boolean: return TextForm::boolean;
        case TypeKind::smallint: case TypeKind::integer: case TypeKind::bigint: case TypeKind::oid: return TextForm::integer;
        case TypeKind::numeric: return TextForm::decimal;
        case TypeKind::money: return TextForm::money;
        case TypeKind::real: return TextForm::float32;
        case TypeKind::double_precision: return TextForm::float64;
        case TypeKind::date: return TextForm::date;
        case TypeKind::time: return TextForm::time;
        case TypeKind::timestamp: return TextForm::timestamp;
        case TypeKind::timestamp_tz: return TextForm::timestamp_utc;
        case TypeKind::interval: return TextForm::interval;
        default: return TextForm::text;
    }
}

Result<KernelPointer> make_json(const plan::Generator& generator, const KernelContext& context) {
    TextColumn column;
    if (context.type.is_array() || (context.type.kind != TypeKind::json && context.type.kind != TypeKind::jsonb)) {
        CONFAB_TRY(column, TextColumn::of(context, generator.kind));
        if (column.characters < 200) return Error(ErrorKind::invalid_input, "generator `json`: the column is too short for an object");
    }
    CONFAB_TRY(std::vector<Member> members, make_members(generator, context));
    return KernelPointer(std::make_unique<JsonKernel>(TextColumn{}, std::move(members)));
}

Result<KernelPointer> make_xml(const plan::Generator& generator, const KernelContext& context) {
    if (context.type.kind != TypeKind::xml) CONFAB_CHECK([&]() -> Status {
        CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
        if (column.characters < 1000) return Error(ErrorKind::invalid_input, "generator `xml`: the column is too short for an element");
        return {};
    }());
    Parameters parameters(generator);
    const std::string root = parameters.text("root", "item");
    CONFAB_TRY(std::vector<Member> members, make_members(generator, context));
    const auto is_name = [](const std::string& name) {
        return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && name[0] != '-' &&
               std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
    };
    if (!is_name(root)) parameters.fail("root", "must be a name of letters, digits, `_` and `-`");
    for (const Member& member : members) {
        if (!is_name(member.name)) parameters.fail("fields", "must have names of letters, digits, `_` and `-`");
    }
    CONFAB_CHECK(parameters.status());
    return KernelPointer(std::make_unique<XmlKernel>(TextColumn{}, std::move(members), root));
}

Result<KernelPointer> make_array(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    if (!context.type.is_array()) return Error(ErrorKind::invalid_input, fmt::format("generator `array`: {} is no array", schema::to_sql(context.type)));
    const std::int64_t least = parameters.integer("min", 0);
    const std::int64_t most = parameters.integer("max", std::max<std::int64_t>(least, 4));
    if (least < 0 || most > 10'000 || least > most) parameters.fail("max", "must be between `min` and 10,000");
    const bool distinct = parameters.boolean("distinct", true);
    const auto of = parameters.generator("of");
    if (!of) parameters.fail("of", "must be a generator");
    CONFAB_CHECK(parameters.status());
    KernelContext inner = context;
    inner.type.dimensions = 0;
    inner.type = context.schema.base_type(inner.type);
    inner.must_be_unique = false;
    CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(*of, inner));
    if (!kernel->inputs().empty()) return parameter_error(generator.kind, "of", "must not read the row");
    const schema::Enumeration* labels = inner.type.kind == TypeKind::enumeration ? context.schema.find_enumeration(inner.type.user_type) : nullptr;
    auto fewest = static_cast<std::uint64_t>(least);
    auto many = static_cast<std::uint64_t>(most);
    const schema::Type& declared = context.schema.tables[context.table].columns[context.column].type;
    const auto domain = schema::to_sql(context.schema.base_type(declared)) == schema::to_sql(context.type) ? element_domain(context.schema, declared) : std::nullopt;
    if (domain) {
        std::unique_ptr<Kernel> accepted = accepted_by_domain(std::move(kernel), *domain, inner);
        if (accepted == nullptr) {
            // No element is known that the domain accepts: an array without any is one that it does.
            CONFAB_TRY(accepted, make_kernel(*of, inner));
            fewest = many = 0;
        }
        kernel = std::move(accepted);
    }
    return KernelPointer(std::make_unique<ArrayKernel>(std::move(kernel), inner.type, labels, fewest, many, distinct, context.type.dimensions));
}

Result<KernelPointer> make_range(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const auto subtype = context.type.is_array() ? std::nullopt : subtype_of(context.schema, context.type);
    if (!subtype) return Error(ErrorKind::invalid_input, fmt::format("generator `range`: {} is no range", schema::to_sql(context.type)));
    const Physical physical = schema::physical_of(context.schema, *subtype);
    const bool supported = physical == Physical::int64 || physical == Physical::wide || physical == Physical::float64;
    if (!supported) return Error(ErrorKind::not_supported, fmt::format("generator `range`: no ranges over {} are made here", schema::to_sql(*subtype)));
    const bool temporal = schema::is_temporal(subtype->kind);
    std::int64_t unit = 1;
    std::int64_t least = 0;
    std::int64_t most = 0;
    if (temporal) {
        const Interval low = parameters.duration("minimum").value_or(Interval{0, subtype->kind == TypeKind::date ? 1 : 0, subtype->kind == TypeKind::date ? 0 : 3600 * microseconds_per_second});
        const Interval high = parameters.duration("maximum").value_or(Interval{0, subtype->kind == TypeKind::date ? 14 : 0, subtype->kind == TypeKind::date ? 0 : 8 * 3600 * microseconds_per_second});
        least = longest(low);
        most = std::max(least, shortest(high));
        unit = 15 * 60 * microseconds_per_second;
        if (subtype->kind == TypeKind::date) {
            least /= microseconds_per_day;
            most /= microseconds_per_day;
            unit = 1;
        } else if (subtype->kind == TypeKind::time) {
            most = std::min(most, least + 3600 * microseconds_per_second);
        }
    } else {
        const double low = parameters.number("minimum", 1);
        const double high = parameters.number("maximum", std::max(low, 100.0));
        // Numbers without a scale of their own are counted in hundredths.
        const bool hundredths = physical != Physical::int64;
        std::int64_t factor = hundredths ? 100 : 1;
        if (physical == Physical::int64) for (int s = 0; s < subtype->scale; ++s) factor *= 10;
        least = static_cast<std::int64_t>(low * static_cast<double>(factor));
        most = std::max(least, static_cast<std::int64_t>(high * static_cast<double>(factor)));
    }
    if (least <= 0) least = unit;
    most = std::max(least, most);
    const double unbounded = parameters.number("unbounded", 0);
    if (unbounded < 0 || unbounded > 1) parameters.fail("unbounded", "must be between 0 and 1");
    const auto lower = parameters.generator("lower");
    if (!lower) parameters.fail("lower", "must be a generator");
    CONFAB_CHECK(parameters.status());
    KernelContext inner = context;
    inner.type = *subtype;
    CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(*lower, inner));
    return KernelPointer(std::make_unique<RangeKernel>(std::move(kernel), *subtype, least, most, static_cast<std::uint64_t>(unbounded * 1e6), unit, is_multirange(context.type.kind)));
}

}  // namespace confab::engine
