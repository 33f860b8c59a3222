// any: a valid value of every type that PostgreSQL has.
#include <fmt/format.h>

#include "base/random.hpp"
#include "base/value_text.hpp"
#include "engine/generators/domain_values.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/row_text.hpp"
#include "engine/generators/value_form.hpp"

namespace confab::engine {

namespace {

using plan::Json;
using schema::TypeKind;

// Values that need no meaning: each is valid wherever PostgreSQL runs.
struct OtherType {
    std::string_view name;
    std::initializer_list<std::string_view> values;
};

std::span<const OtherType> other_types() {
    static const OtherType types[] = {
        {"regclass", {"pg_class", "pg_type", "pg_proc", "pg_attribute", "pg_index"}},
        {"regtype", {"integer", "text", "boolean", "numeric", "date"}},
        {"regproc", {"now", "pi", "version", "current_schemas"}},
        {"regprocedure", {"abs(integer)", "lower(text)", "upper(text)", "sqrt(numeric)"}},
        {"regoper", {"|/", "||/", "!~~*"}},
        {"regoperator", {"+(integer,integer)", "*(integer,integer)", "=(text,text)"}},
        {"regconfig", {"english", "simple", "german", "french"}},
        {"regdictionary", {"simple", "english_stem"}},
        {"regnamespace", {"pg_catalog", "public"}},
        {"regrole", {"pg_read_all_data", "pg_monitor"}},
        {"regcollation", {"\"C\"", "\"POSIX\""}},
        {"pg_lsn", {"0/16B3748", "16/B374D848", "1A/2F0C10", "2/7F000028"}},
        {"txid_snapshot", {"10:20:10,14,15", "100:100:", "715:720:716"}},
        {"pg_snapshot", {"10:20:10,14,15", "100:100:", "715:720:716"}},
        {"jsonpath", {"$.\"id\"", "$.\"items\"[*]", "$.\"price\"", "$"}},
        {"xid", {"731", "742", "1024"}},
        {"xid8", {"731", "742", "1024"}},
        {"cid", {"0", "1", "2"}},
        {"tid", {"(0,1)", "(0,2)", "(1,7)"}},
        {"oidvector", {"23 25", "16", "20 21 23"}},
        {"int2vector", {"1 2", "1", "1 2 3"}},
        {"refcursor", {"c1", "c2"}},
        {"bpchar", {"a", "b", "c"}},
        {"hstore", {"\"color\"=>\"red\"", "\"size\"=>\"M\"", "\"color\"=>\"blue\", \"size\"=>\"L\""}},
        {"ltree", {"top.science", "top.science.astronomy", "top.science.physics", "top.hobbies", "top.hobbies.gardening",
                   "top.hobbies.chess", "top.collections", "top.collections.pictures", "top.collections.pictures.stars", "top.travel",
                   "top.travel.europe", "top.travel.asia"}},
        {"cube", {"(1, 2, 3)", "(0.5, 1.5, 2)", "(4, 5, 6)"}},
        {"isbn", {"0-306-40615-2"}},
    };
    return types;
}

plan::Generator simple(std::string_view kind, Json parameters = Json::object()) { return {std::string(kind), std::move(parameters)}; }

// Lexemes as PostgreSQL prints them: in alphabetical order, each with its positions.
struct LexemeWriter {
    bool query = false;
    bool operator()(std::uint64_t bits, std::string& text) const {
        static constexpr std::string_view words[] = {"account", "brows", "cat",   "data",  "eat",    "fast",  "garden", "house",
                                                     "island",  "jump",  "kitchen", "light", "market", "night", "order",  "paper"};
        const std::uint64_t chosen = mix(bits);
        int position = 1;
        for (std::size_t w = 0; w < std::size(words); ++w) {
            if (((chosen >> (2 * w)) & 3U) != 0 && !(position == 1 && w + 1 == std::size(words))) continue;
            if (position > 1) text += query ? " & " : " ";
            text += '\'';
            text += words[w];
            text += '\'';
            if (!query) text += ':' + std::to_string(position);
            ++position;
        }
        return true;
    }
};

// (field,field): quoted where a field's text needs it.
class CompositeKernel final : public Kernel {
  public:
    struct Field {
        std::unique_ptr<Kernel> kernel;  // null = no value
        schema::Type type;
        const schema::Enumeration* labels = nullptr;
    };
    explicit CompositeKernel(std::vector<Field> fields) : fields_(std::move(fields)) {}

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        std::vector<Vector> made(fields_.size());
        std::vector<std::uint64_t> bits(entropy.size());
        for (std::size_t f = 0; f < fields_.size(); ++f) {
            for (std::size_t i = 0; i < entropy.size(); ++i) bits[i] = mix(entropy[i], f + 1);
            if (fields_[f].kernel != nullptr) fields_[f].kernel->draw(bits, {}, made[f]);
        }
        fill_text({}, entropy.size(), out, [&](std::size_t i, std::string& text) {
            text += '(';
            for (std::size_t f = 0; f < fields_.size(); ++f) {
                if (f > 0) text += ',';
                if (fields_[f].kernel == nullptr || made[f].is_null(i)) continue;
                const Field& field = fields_[f];
                append(field.labels ? field.labels->labels[static_cast<std::size_t>(made[f].data<std::int64_t>()[i])]
                                    : element_text(value_form(field.type), made[f], i), text);
            }
            text += ')';
            return true;
        });
    }

  private:
    static void append(const std::string& value, std::string& text) {
        if (!value.empty() && value.find_first_of("(),\"\\ \t") == std::string::npos) {
            text += value;
            return;
        }
        text += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') text += c;
            text += c;
        }
        text += '"';
    }

    std::vector<Field> fields_;
};

// What a value of the type is made with when nothing is known but the type.
Result<plan::Generator> generator_for(const KernelContext& context) {
    const schema::Type& type = context.type;
    switch (type.kind) {
        case TypeKind::boolean: return simple("boolean");
        case TypeKind::smallint: return simple("integer", {{"max", 1000}});
        case TypeKind::integer:
        case TypeKind::bigint:
        case TypeKind::oid: return simple("integer", {{"max", 100'000}});
        case TypeKind::numeric: {
            const int whole = type.precision < 0 ? 6 : type.precision - type.scale;
            if (whole <= 0) return simple("decimal", {{"max", 0}, {"min", 0}});
            double high = 1;
            for (int d = 0; d < std::min(whole, 4); ++d) high *= 10;
            return simple("decimal", {{"max", high - 1}});
        }
        case TypeKind::money: return simple("decimal", {{"max", 5000}, {"distribution", "lognormal"}, {"mean", 60}});
        case TypeKind::real:
        case TypeKind::double_precision: return simple("float", {{"max", 1000}});
        case TypeKind::date: return simple("date");
        case TypeKind::time:
        case TypeKind::time_tz: return simple("time", {{"from", "07:00"}, {"to", "21:00"}, {"precision", "1 minute"}});
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: return simple("timestamp", {{"hours", "waking"}});
        case TypeKind::interval: return simple("interval");
        case TypeKind::uuid: return simple("uuid");
        case TypeKind::bytea: return simple("bytes");
        case TypeKind::bit:
        case TypeKind::varbit: return simple("bits");
        case TypeKind::inet:
        case TypeKind::cidr:
        case TypeKind::macaddr:
        case TypeKind::macaddr8: return simple("network");
        case TypeKind::point: case TypeKind::line: case TypeKind::lseg: case TypeKind::box:
        case TypeKind::path: case TypeKind::polygon: case TypeKind::circle: return simple("geometric");
        case TypeKind::json:
        case TypeKind::jsonb:
            return simple("json", {{"fields", {{"source", {{"generator", "choice"}, {"values", {"web", "app", "import"}}}},
                                               {"version", {{"generator", "integer"}, {"min", 1}, {"max", 5}}},
                                               {"verified", {{"generator", "boolean"}, {"true", 0.7}}}}}});
        case TypeKind::xml:
            return simple("xml", {{"fields", {{"code", {{"generator", "template"}, {"template", "{AA}-{####}"}}},
                                              {"quantity", {{"generator", "integer"}, {"min", 1}, {"max", 20}}}}}});
        case TypeKind::int4range: case TypeKind::int8range: case TypeKind::int4multirange: case TypeKind::int8multirange:
            return simple("range", {{"lower", {{"generator", "integer"}, {"min", 1}, {"max", 10'000}}}});
        case TypeKind::numrange: case TypeKind::nummultirange:
            return simple("range", {{"lower", {{"generator", "decimal"}, {"min", 1}, {"max", 1000}}}});
        case TypeKind::tsrange: case TypeKind::tstzrange: case TypeKind::tsmultirange: case TypeKind::tstzmultirange:
            return simple("range", {{"lower", {{"generator", "timestamp"}, {"hours", "office"}, {"precision", "15 minutes"}}}});
        case TypeKind::daterange: case TypeKind::datemultirange:
            return simple("range", {{"lower", {{"generator", "date"}}}});
        case TypeKind::enumeration: {
            const schema::Enumeration* labels = context.schema.find_enumeration(type.user_type);
            if (!labels || labels->labels.empty()) break;
            return simple("choice", {{"values", labels->labels}});
        }
        case TypeKind::single_char: return simple("template", {{"template", "{A}"}});
        case TypeKind::text: case TypeKind::varchar: case TypeKind::character: case TypeKind::name: {
            const int length = type.kind == TypeKind::name ? 63 : type.length;
            if (length > 0 && length < 12) {
                const std::size_t count = static_cast<std::size_t>(length);
                return simple("template", {{"template", count == 1 ? std::string("{A}") : "{" + std::string(std::min<std::size_t>(count, 8), 'X') + "}"}});
            }
            if (context.must_be_unique) return simple("template", {{"template", "{AAA}-{######}"}});
            return simple("title", {{"of", "thing"}});
        }
        case TypeKind::user_range: {
            const schema::RangeType* range = context.schema.find_range_type(type.user_type);
            if (!range) break;
            return simple("range", {{"lower", {{"generator", "any"}}}});
        }
        case TypeKind::other_builtin:
        case TypeKind::extension: {
            for (const OtherType& other : other_types()) {
                if (other.name != type.user_type.name) continue;
                return simple("choice", {{"values", std::vector<std::string>(other.values.begin(), other.values.end())}});
            }
            if (type.user_type.name == "citext") return simple("title", {{"of", "thing"}});
            break;
        }
        default: break;
    }
    return Error(ErrorKind::not_supported, fmt::format("no values of type {} are made here: give the column a `choice` or a `constant` in the plan", schema::to_sql(type)));
}

}  // namespace

Result<KernelPointer> make_any(const plan::Generator&, const KernelContext& context) {
    const schema::Type& type = context.type;
    if (type.is_array()) {
        return make_array(simple("array", {{"of", {{"generator", "any"}}}, {"min", 1}, {"max", 3}}), context);
    }
    if (type.kind == TypeKind::domain) {
        KernelContext inner = context;
        inner.type = context.schema.base_type(type);
        return make_kernel(simple("any"), inner);
    }
    if (type.kind == TypeKind::tsvector || type.kind == TypeKind::tsquery) {
        return row_text(TextColumn{}, LexemeWriter{type.kind == TypeKind::tsquery});
    }
    if (type.kind == TypeKind::composite) {
        const schema::Composite* composite = context.schema.find_composite(type.user_type);
        if (!composite) return Error(ErrorKind::internal, "a composite type that the schema does not declare");
        std::vector<CompositeKernel::Field> fields;
        for (const schema::Column& column : composite->fields) {
            KernelContext inner = context;
            inner.must_be_unique = false;
            inner.type = context.schema.base_type(column.type);
            CONFAB_TRY(KernelPointer kernel, make_kernel(simple("any"), inner));
            if (!kernel->inputs().empty()) return Error(ErrorKind::internal, "a composite's field reads the row");
            kernel = accepted_by_domain(std::move(kernel), column.type, inner);
            const bool labels = inner.type.kind == TypeKind::enumeration && !inner.type.is_array();
            fields.push_back({std::move(kernel), inner.type, labels ? context.schema.find_enumeration(inner.type.user_type) : nullptr});
        }
        return KernelPointer(std::make_unique<CompositeKernel>(std::move(fields)));
    }
    CONFAB_TRY(const plan::Generator generator, generator_for(context));
    return make_kernel(generator, context);
}

}  // namespace confab::engine
