// code, and those fields of internet and finance that are numbers in another dress: one number is one value.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/check_digits.hpp"
#include "engine/generators/codes.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

constexpr std::uint64_t ten_to(int exponent) {
    std::uint64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr std::string_view symbols = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
constexpr std::string_view base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view hexadecimal = "0123456789abcdef";

// `count` symbols of an alphabet that spell the number.
void spell(std::string& text, std::uint64_t number, std::string_view alphabet, std::size_t count) {
    const std::size_t start = text.size();
    text.append(count, alphabet[0]);
    for (std::size_t i = count; i-- > 0; number /= alphabet.size()) text[start + i] = alphabet[number % alphabet.size()];
}
void digits(std::string& text, std::uint64_t number, std::size_t count) { spell(text, number, hexadecimal.substr(0, 10), count); }

// Symbols that no number decides: the same for the same number.
void filler(std::string& text, std::uint64_t number, std::string_view alphabet, std::size_t count) {
    std::uint64_t state = number;
    for (std::size_t i = 0; i < count; ++i) {
        state = mix(state);
        text += alphabet[bounded(state, alphabet.size())];
    }
}

struct Code {
    std::string_view name;
    std::uint64_t capacity;
    std::size_t length;  // characters, at most
    void (*append)(std::string& text, std::uint64_t number);
};

void gtin(std::string& text, std::string_view head, std::uint64_t number, std::size_t count) {
    const std::size_t start = text.size();
    text += head;
    digits(text, number, count);
    text += gtin_check_digit(std::string_view(text).substr(start));
}

void card(std::string& text, std::uint64_t number) {
    // Ranges that the networks give out for tests.
    static constexpr std::string_view heads[] = {"411111", "401288", "555555", "510510", "222300", "601111"};
    const std::size_t start = text.size();
    text += heads[number / ten_to(9) % std::size(heads)];
    digits(text, number % ten_to(9), 9);
    text += luhn_check_digit(std::string_view(text).substr(start));
}

// As three carriers write them: 1Z and 16 signs, 12 digits, JD and 14 digits.
void tracking_number(std::string& text, std::uint64_t number) {
    const std::uint64_t carrier = number / ten_to(12) % 3;
    if (carrier == 0) {
        text += "1Z";
        filler(text, number / ten_to(6), symbols, 4);
    } else if (carrier == 1) {
        text += "JD01";
    }
    digits(text, number % ten_to(12), 12);
}

void iban(std::string& text, std::uint64_t number) {
    std::string made = "DE00";
    static constexpr std::string_view banks[] = {"37040044", "50070010", "10010010", "20050550", "70020270", "43060967"};
    made += banks[number / ten_to(10) % std::size(banks)];
    digits(made, number % ten_to(10), 10);
    set_iban_check_digits(made);
    text += made;
}
void iban_gb(std::string& text, std::uint64_t number) {
    static constexpr std::string_view banks[] = {"NWBK", "BARC", "LOYD", "MIDL"};
    std::string made = "GB00";
    made += banks[number / ten_to(14) % std::size(banks)];
    digits(made, number % ten_to(14), 14);
    set_iban_check_digits(made);
    text += made;
}
// Countries whose account part is digits alone.
template <char A, char B, std::size_t Length> void iban_digits(std::string& text, std::uint64_t number) {
    std::string made = {A, B, '0', '0'};
    if constexpr (Length > 18) {
        filler(made, number / ten_to(16) + 7, hexadecimal.substr(0, 10), Length - 4 - 16);
        digits(made, number, 16);
    } else {
        digits(made, number, Length - 4);
    }
    set_iban_check_digits(made);
    text += made;
}
void iban_nl(std::string& text, std::uint64_t number) {
    static constexpr std::string_view banks[] = {"ABNA", "INGB", "RABO", "TRIO"};
    std::string made = "NL00";
    made += banks[number / ten_to(10) % std::size(banks)];
    digits(made, number % ten_to(10), 10);
    set_iban_check_digits(made);
    text += made;
}

constexpr Code codes[] = {
    {"ean13", ten_to(10), 13, [](std::string& t, std::uint64_t n) { gtin(t, "20", n, 10); }},  // 20: for use inside a company
    {"upc", ten_to(10), 12, [](std::string& t, std::uint64_t n) { gtin(t, "4", n, 10); }},     // 4: likewise
    {"gtin14", ten_to(10), 14, [](std::string& t, std::uint64_t n) { gtin(t, "120", n, 10); }},
    {"isbn13", 2 * ten_to(8), 13, [](std::string& t, std::uint64_t n) { gtin(t, "978", n, 9); }},
    {"isbn10", 2 * ten_to(8), 10, [](std::string& t, std::uint64_t n) {
         const std::size_t start = t.size();
         digits(t, n, 9);
         t += modulo_11_check_digit(std::string_view(t).substr(start));
     }},
    {"issn", ten_to(7), 9, [](std::string& t, std::uint64_t n) {
         std::string core;
         digits(core, n, 7);
         t += core.substr(0, 4) + '-' + core.substr(4) + modulo_11_check_digit(core);
     }},
    {"sku", 23ULL * 23 * 23 * ten_to(5), 9, [](std::string& t, std::uint64_t n) {
         spell(t, n / ten_to(5), letters, 3);
         t += '-';
         digits(t, n % ten_to(5), 5);
     }},
    {"serial_number", 23ULL * 23 * 23 * ten_to(9), 12, [](std::string& t, std::uint64_t n) {
         spell(t, n / ten_to(9), letters, 3);
         digits(t, n % ten_to(9), 9);
     }},
    {"asset_tag", 23ULL * 23 * ten_to(6), 9, [](std::string& t, std::uint64_t n) {
         spell(t, n / ten_to(6), letters, 2);
         t += '-';
         digits(t, n % ten_to(6), 6);
     }},
    {"tracking_number", 3 * ten_to(12), 18, tracking_number},
    {"order_number", ten_to(8), 12, [](std::string& t, std::uint64_t n) {
         t += "ORD-";
         digits(t, n, 8);
     }},
    {"imei", ten_to(12), 15, [](std::string& t, std::uint64_t n) {
         const std::size_t start = t.size();
         t += "35";
         digits(t, n, 12);
         t += luhn_check_digit(std::string_view(t).substr(start));
     }},
    {"flight", 20ULL * 9000, 6, [](std::string& t, std::uint64_t n) {
         static constexpr std::string_view lines[] = {"DL", "UA", "AA", "LH", "AF", "BA", "KL", "EK", "QR", "SQ", "JL", "NH", "IB", "LO", "TK", "AC", "QF", "FR", "OS", "LX"};
         t += lines[n / 9000 % std::size(lines)];
         t += std::to_string(100 + n % 9000);
     }},
    {"coupon", 33ULL * 33 * 33 * 33 * 33 * 33 * 33 * 33, 8, [](std::string& t, std::uint64_t n) { spell(t, n, symbols, 8); }},
    {"room", 9 * 90, 4, [](std::string& t, std::uint64_t n) { t += std::to_string(100 * (n / 90 + 1) + n % 90 + 1); }},
    {"airport", 23ULL * 23 * 23, 3, [](std::string& t, std::uint64_t n) { spell(t, n, letters, 3); }},
    {"vin", 23ULL * 23 * 23 * 23 * ten_to(8), 17, [](std::string& t, std::uint64_t n) {
         std::string vin = "1";
         spell(vin, n / ten_to(8), letters, 4);
         filler(vin, n, symbols, 3);
         vin += '0';
         vin += letters[n % 17];
         vin += 'A';
         digits(vin, n % ten_to(6), 6);
         // The places 6 to 8 hold what the digits above have no room for.
         vin[5] = symbols[n / ten_to(6) % 10 + 23];
         vin[6] = symbols[n / ten_to(7) % 10 + 23];
         vin[8] = vin_check_digit(vin);
         t += vin;
     }},
    // finance
    {"card_number", 6 * ten_to(9), 16, card},
    {"iban", 6 * ten_to(10), 22, iban},
    {"iban.GB", 4 * ten_to(14), 22, iban_gb},
    {"iban.FR", ten_to(16), 27, iban_digits<'F', 'R', 27>},
    {"iban.ES", ten_to(16), 24, iban_digits<'E', 'S', 24>},
    {"iban.PL", ten_to(16), 28, iban_digits<'P', 'L', 28>},
    {"iban.NL", 4 * ten_to(10), 18, iban_nl},
    {"account_number", 9 * ten_to(9), 10, [](std::string& t, std::uint64_t n) { t += std::to_string(ten_to(9) + n); }},
    {"routing_number", ten_to(7), 9, [](std::string& t, std::uint64_t n) {
         // Nine digits, weights 3 7 1 (ABA); 01 to 12 are the Federal Reserve districts.
         std::string core = fmt::format("{:02}", 1 + n / ten_to(6) % 10);
         digits(core, n % ten_to(6), 6);
         int sum = 0;
         for (std::size_t i = 0; i < 8; ++i) sum += (core[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
         t += core;
         t += static_cast<char>('0' + (10 - sum % 10) % 10);
     }},
    {"bic", 23ULL * 23 * 23 * 23 * 6 * 33, 8, [](std::string& t, std::uint64_t n) {
         static constexpr std::string_view countries[] = {"US", "DE", "GB", "FR", "ES", "IT"};
         spell(t, n / (6 * 33), letters, 4);
         t += countries[n / 33 % 6];
         t += symbols[n % 23];
         t += symbols[n % 33];
     }},
    {"transaction_id", 33ULL * 33 * 33 * 33 * 33 * 33 * 33 * 33 * 33 * 33, 14, [](std::string& t, std::uint64_t n) {
         t += "TXN-";
         spell(t, n, symbols, 10);
     }},
    {"ticker", 23ULL * 23 * 23 * 23, 4, [](std::string& t, std::uint64_t n) { spell(t, n, letters, 4); }},
    {"isin", 6 * ten_to(9), 12, [](std::string& t, std::uint64_t n) {
         static constexpr std::string_view countries[] = {"US", "DE", "GB", "FR", "ES", "IT"};
         std::string core(countries[n / ten_to(9) % 6]);
         digits(core, n % ten_to(9), 9);
         std::string expanded;
         for (const char c : core) expanded += c >= 'A' ? std::to_string(c - 'A' + 10) : std::string(1, c);
         t += core;
         t += luhn_check_digit(expanded);
     }},
    {"tax_id", 9 * ten_to(8), 10, [](std::string& t, std::uint64_t n) {
         std::string core = std::to_string(ten_to(8) + n);
         t += core.substr(0, 2) + '-' + core.substr(2);
     }},
    {"vat_id", 9 * ten_to(8), 11, [](std::string& t, std::uint64_t n) { t += "DE" + std::to_string(ten_to(8) + n); }},
    {"crypto_address", ten_to(18), 34, [](std::string& t, std::uint64_t n) {
         t += '1';
         filler(t, n, std::string_view("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"), 22);
         spell(t, n, std::string_view("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"), 11);
     }},
    {"card_last4", 10'000, 4, [](std::string& t, std::uint64_t n) { digits(t, n, 4); }},
    {"cvv", 1000, 3, [](std::string& t, std::uint64_t n) { digits(t, n, 3); }},
    // internet
    {"token", 1ULL << 62U, 43, [](std::string& t, std::uint64_t n) {
         filler(t, n, base62, 32);
         spell(t, n, base62, 11);
     }},
    {"api_key", 1ULL << 62U, 35, [](std::string& t, std::uint64_t n) {
         t += "key_live_";
         filler(t, n, base62, 15);
         spell(t, n, base62, 11);
     }},
    {"session_id", 1ULL << 62U, 32, [](std::string& t, std::uint64_t n) {
         filler(t, n, hexadecimal, 16);
         spell(t, n, hexadecimal, 16);
     }},
    {"commit", 1ULL << 62U, 40, [](std::string& t, std::uint64_t n) {
         filler(t, n, hexadecimal, 24);
         spell(t, n, hexadecimal, 16);
     }},
    {"color_hex", 1ULL << 24U, 7, [](std::string& t, std::uint64_t n) {
         t += '#';
         spell(t, n, std::string_view("0123456789ABCDEF"), 6);
     }},
    {"mac", 1ULL << 40U, 17, [](std::string& t, std::uint64_t n) {
         t += "02";
         for (int b = 5; b-- > 0;) {
             t += ':';
             spell(t, (n >> (8 * b)) & 255U, hexadecimal, 2);
         }
     }},
};

class CodeKernel final : public Kernel {
  public:
    CodeKernel(TextColumn column, const Code& code, bool hyphenated, std::uint64_t capacity) : column_(column), code_(code), hyphenated_(hyphenated), capacity_(capacity) {}
    std::uint64_t capacity() const override { return capacity_; }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill(entropy.size(), out, [&](std::size_t i) { return bounded(entropy[i], code_.capacity); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill(numbers.size(), out, [&](std::size_t i) { return numbers[i]; });
    }

  private:
    template <typename Number> void fill(std::size_t count, Vector& out, Number number) const {
        fill_text(column_, count, out, [&](std::size_t i, std::string& text) {
            code_.append(text, number(i));
            if (hyphenated_) {
                for (const std::size_t place : {12U, 8U, 4U, 3U}) text.insert(place, 1, '-');
            }
            const std::size_t room = std::min(column_.characters, column_.bytes);
            // The end tells values apart: a column that is too short keeps it.
            if (text.size() > room) text.erase(0, text.size() - room);
            return true;
        });
    }

    TextColumn column_;
    const Code& code_;
    bool hyphenated_;  // 978-0-123-45678-9
    std::uint64_t capacity_;
};

const Code* find_code(std::string_view name) {
    const auto found = std::find_if(std::begin(codes), std::end(codes), [&](const Code& code) { return code.name == name; });
    return found == std::end(codes) ? nullptr : found;
}

}  // namespace

bool is_code(std::string_view name) { return find_code(name) != nullptr; }

Result<KernelPointer> make_code_named(std::string_view kind, std::string_view name, const KernelContext& context) {
    const Code* code = find_code(name);
    if (!code) return parameter_error(kind, "field", fmt::format("is unknown: `{}`", name));
    KernelContext text_context = context;
    if (context.type.kind == schema::TypeKind::macaddr && name == "mac") text_context.type = {};
    if (schema::is_numeric(context.type.kind)) {
        // A number on a thing in a column of numbers: as many digits, without a leading zero.
        const bool wide = context.type.kind == schema::TypeKind::bigint || context.type.kind == schema::TypeKind::numeric;
        const std::size_t length = wide ? std::min<std::size_t>(code->length, 15) : context.type.kind == schema::TypeKind::smallint ? 4 : 9;
        const auto low = static_cast<std::int64_t>(ten_to(static_cast<int>(length) - 1));
        return make_kernel({"integer", {{"min", low}, {"max", low * 10 - 1}}}, context);
    }
    CONFAB_TRY(const TextColumn column, TextColumn::of(text_context, kind));
    const bool hyphenated = name == "isbn13" && column.characters >= 17;
    std::uint64_t capacity = code->capacity;
    const std::size_t room = std::min(column.characters, column.bytes);
    if (room < code->length) {
        // Digits alone decide what is left: as many values as they have, and none to count when check digits fall in.
        capacity = 0;
    }
    return KernelPointer(std::make_unique<CodeKernel>(column, *code, hyphenated, capacity));
}

Result<KernelPointer> make_code(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string field = parameters.text("field");
    CONFAB_CHECK(parameters.status());
    if (field == "airport") return make_kernel({"vocabulary", {{"list", "airports"}, {"field", "code"}}}, context);
    return make_code_named(generator.kind, field, context);
}

}  // namespace confab::engine
