// internet and finance.
#include <algorithm>

#include <fmt/format.h>

#include "engine/generators/codes.hpp"
#include "engine/generators/latin.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"

namespace confab::engine {

namespace {

struct NetWriter {
    explicit NetWriter(Phrases known) : phrases(std::move(known)) {}

    std::string field;
    Phrases phrases;
    std::size_t company = 0, article = 0;
    int of = -1;
    TextColumn column;
    std::int64_t as_of = 0;

    void slug(std::uint64_t bits, const RowInputs& row, std::string& text, char separator) const {
        const std::size_t start = text.size();
        if (row.has(of)) {
            append_slug(text, row.text(of), separator);
        } else {
            std::string title;
            phrases.expand(article, bits, row, title);
            append_slug(text, title, separator);
        }
        if (text.size() - start > 60) {
            const std::size_t cut = text.rfind(separator == 0 ? 'e' : separator, start + 60);
            text.resize(cut != std::string::npos && cut > start ? cut : start + 60);
        }
        if (text.size() == start) text += "item";
    }
    void domain(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        std::string name;
        phrases.expand(company, bits, row, name);
        append_slug(text, name, 0);
        static constexpr std::string_view ends[] = {".com", ".com", ".com", ".net", ".org", ".io", ".co", ".app"};
        text += ends[bounded(fact(bits, 1), std::size(ends))];
    }
    static std::string_view one_of(std::initializer_list<std::string_view> words, std::uint64_t bits) { return words.begin()[bounded(bits, words.size())]; }

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Made made = row.has(of) ? Made::foreign : Made::own;
        const auto number = [&](std::uint64_t which, std::uint64_t bound) { return bounded(fact(bits, which), bound); };
        if (field == "slug") {
            slug(bits, row, text, '-');
        } else if (field == "url" || field == "referrer") {
            text += "https://www.";
            domain(bits, row, text);
            text += '/';
            if (field == "url" && (row.has(of) || number(2, 3) > 0)) {
                text += one_of({"articles/", "products/", "blog/", "guides/", "news/", ""}, fact(bits, 3));
                slug(bits, row, text, '-');
            }
            if (!column.fits(text)) {
                text = "https://";
                domain(bits, row, text);
            }
        } else if (field == "path") {
            text += one_of({"/articles/", "/products/", "/blog/", "/docs/", "/account/", "/search/"}, fact(bits, 3));
            slug(bits, row, text, '-');
        } else if (field == "domain") {
            domain(bits, row, text);
        } else if (field == "host") {
            text += one_of({"www.", "api.", "app.", "mail.", "cdn.", "db1.", "web2.", "staging."}, fact(bits, 4));
            domain(bits, row, text);
        } else if (field == "image_url" || field == "video_url") {
            text += "https://cdn.example.com/";
            text += field == "image_url" ? "images/" : "videos/";
            slug(bits, row, text, '-');
            text += fmt::format("-{:04x}", number(5, 65536));
            text += field == "image_url" ? one_of({".jpg", ".jpg", ".png", ".webp"}, fact(bits, 6)) : std::string_view(".mp4");
        } else if (field == "file_name" || field == "file_path") {
            if (field == "file_path") text += one_of({"/var/data/", "/home/shared/", "/uploads/", "/srv/files/", "/mnt/archive/"}, fact(bits, 7));
            if (row.has(of)) slug(bits, row, text, '_');
            else {
                text += one_of({"invoice", "report", "contract", "scan", "photo", "notes", "backup", "export", "presentation", "budget"}, fact(bits, 8));
                const Civil day = civil_from_days(as_of - static_cast<std::int64_t>(number(9, 900)));
                text += number(10, 2) == 0 ? fmt::format("_{}-{:02}-{:02}", day.year, day.month, day.day) : fmt::format("_{:05}", number(11, 100'000));
            }
            text += one_of({".pdf", ".pdf", ".docx", ".xlsx", ".jpg", ".png", ".csv", ".zip", ".txt"}, fact(bits, 12));
        } else if (field == "file_extension") {
            text += one_of({"pdf", "docx", "xlsx", "jpg", "png", "csv", "zip", "txt"}, fact(bits, 12));
        } else if (field == "user_agent") {
            const std::uint64_t major = 118 + number(13, 14);
            switch (number(14, 6)) {
                case 0: case 1: text += fmt::format("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36", major); break;
                case 2: text += fmt::format("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{} Safari/605.1.15", number(15, 7)); break;
                case 3: text += fmt::format("Mozilla/5.0 (iPhone; CPU iPhone OS 17_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{} Mobile/15E148 Safari/604.1", number(15, 7), number(15, 7)); break;
                case 4: text += fmt::format("Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0", major); break;
                default: text += fmt::format("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Mobile Safari/537.36", major); break;
            }
        } else if (field == "http_status") {
            text += one_of({"200", "200", "200", "200", "200", "200", "201", "204", "301", "304", "400", "401", "403", "404", "404", "500", "503"}, fact(bits, 16));
        } else if (field == "hashtag") {
            text += '#';
            if (row.has(of)) slug(bits, row, text, 0);
            else text += one_of({"travel", "foodie", "throwback", "sunset", "workout", "coding", "bookclub", "startup", "photooftheday", "weekend", "recipe", "music"}, fact(bits, 17));
        } else if (field == "version") {
            text += fmt::format("{}.{}.{}", number(18, 6), number(19, 15), number(20, 12));
        } else if (field == "query") {
            text += one_of({"wireless headphones", "best pizza near me", "standing desk", "how to reset password", "running shoes", "cheap flights", "coffee grinder", "usb-c cable", "birthday gift ideas", "rain jacket", "data analyst jobs", "vegan recipes"}, fact(bits, 21));
        } else if (field == "card_expiry") {
            const Civil today = civil_from_days(as_of);
            text += fmt::format("{:02}/{:02}", 1 + number(22, 12), (today.year + 1 + static_cast<std::int64_t>(number(23, 5))) % 100);
        } else if (field == "card_network") {
            text += one_of({"Visa", "Visa", "Visa", "Mastercard", "Mastercard", "American Express", "Discover"}, fact(bits, 24));
        }
        return made;
    }
};

constexpr std::string_view written[] = {"slug", "url", "referrer", "path", "domain", "host", "image_url", "video_url", "file_name", "file_path", "file_extension",
                                        "user_agent", "http_status", "hashtag", "version", "query", "card_expiry", "card_network"};

Result<KernelPointer> make_written(const plan::Generator& generator, const KernelContext& context, const std::string& field) {
    InputList inputs(generator);
    NetWriter writer(Phrases("en_US", {}));
    writer.field = field;
    writer.of = inputs.text("of");
    writer.company = writer.phrases.rule("company.any").value_or(0);
    writer.article = writer.phrases.rule("title.article").value_or(0);
    writer.as_of = context.as_of;
    CONFAB_TRY(writer.column, TextColumn::of(context, generator.kind));
    return text_record(generator, context, std::move(writer), inputs);
}

}  // namespace

Result<KernelPointer> make_internet(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string field = parameters.text("field");
    CONFAB_CHECK(parameters.status());
    const auto list = [&](const char* name) { return make_kernel({"vocabulary", {{"list", name}}}, context); };
    if (field == "ipv4" || field == "ipv6" || field == "ip") {
        return make_kernel({"network", {{"family", field == "ipv4" ? "v4" : field == "ipv6" ? "v6" : "both"}, {"public", true}}}, context);
    }
    if (field == "mac" && !schema::is_character(context.type.kind)) return make_kernel({"network", plan::Json::object()}, context);
    if (field == "password_hash") return make_kernel({"hash", {{"algorithm", "bcrypt"}}}, context);
    if (field == "port") return make_kernel({"choice", {{"values", {80, 443, 8080, 22, 5432, 3306, 6379, 8443, 25, 9200}}, {"weights", {20, 40, 10, 6, 6, 5, 4, 4, 2, 2}}}}, context);
    if (field == "http_status" && !schema::is_character(context.type.kind)) {
        return make_kernel({"choice", {{"values", {200, 201, 204, 301, 304, 400, 401, 403, 404, 500, 503}}, {"weights", {70, 4, 3, 3, 4, 3, 2, 1, 6, 2, 1}}}}, context);
    }
    if (field == "browser") return list("browsers");
    if (field == "operating_system") return list("operating_systems");
    if (field == "device") return list("devices");
    if (field == "mime_type") return list("mime_types");
    if (field == "http_method") return make_kernel({"choice", {{"values", {"GET", "POST", "PUT", "PATCH", "DELETE"}}, {"weights", {70, 18, 5, 3, 4}}}}, context);
    if (std::find(std::begin(written), std::end(written), field) != std::end(written)) return make_written(generator, context, field);
    return make_code_named(generator.kind, field, context);
}

Result<KernelPointer> make_finance(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string field = parameters.text("field");
    const std::string locale = parameters.text("locale", context.plan.locale.empty() ? "en_US" : context.plan.locale);
    CONFAB_CHECK(parameters.status());
    CONFAB_TRY(const LocaleFacts facts, LocaleFacts::of(locale));
    if (field.starts_with("currency_")) {
        plan::Json parameters_of_list = {{"list", "currencies"}, {"field", field.substr(9)}};
        if (const auto group = generator.parameters.find("group"); group != generator.parameters.end()) parameters_of_list["group"] = *group;
        return make_kernel({"vocabulary", parameters_of_list}, context);
    }
    if (field == "bank") return make_kernel({"vocabulary", {{"list", "banks"}}}, context);
    if (field == "payment_method") return make_kernel({"vocabulary", {{"list", "payment_methods"}}}, context);
    if (field == "exchange_rate") return make_kernel({"decimal", {{"min", 0.2}, {"max", 160}, {"distribution", "lognormal"}, {"mean", 1.1}}}, context);
    if (field == "iban") {
        const std::string own = fmt::format("iban.{}", facts.country);
        return make_code_named(generator.kind, is_code(own) ? own : "iban", context);
    }
    if (field == "card_expiry" && schema::is_temporal(context.type.kind)) {
        const std::string from = format_date(context.as_of + 30);
        return make_kernel({"date", {{"from", from}, {"to", format_date(context.as_of + 1800)}}}, context);
    }
    if (std::find(std::begin(written), std::end(written), field) != std::end(written)) return make_written(generator, context, field);
    return make_code_named(generator.kind, field, context);
}

}  // namespace confab::engine
