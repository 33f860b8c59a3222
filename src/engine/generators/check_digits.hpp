// Check digits of numbers on things.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace confab::engine {

// GTIN (EAN-13, UPC-A, ITF-14; GS1 General Specifications 7.9): weights 3 and 1 from the right.
inline char gtin_check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// ISBN-10 and ISSN (ISO 2108, ISO 3297): weights descend to 2, modulo 11.
inline char modulo_11_check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * static_cast<int>(digits.size() + 1 - i);
    const int check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : static_cast<char>('0' + check);
}

// Card numbers and IMEI (ISO/IEC 7812-1 annex B).
inline char luhn_check_digit(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// Remainder of letters and digits read as a number, letters being 10 to 35 (ISO 7064, for IBAN).
inline int modulo_97(std::string_view text) {
    int remainder = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') remainder = (remainder * 10 + (c - '0')) % 97;
        else remainder = (remainder * 100 + (c - 'A' + 10)) % 97;
    }
    return remainder;
}

// Sets the two check digits of an IBAN (ISO 13616) whose places 2 and 3 are anything.
inline void set_iban_check_digits(std::string& iban) {
    iban[2] = iban[3] = '0';
    const int check = 98 - modulo_97(iban.substr(4) + iban.substr(0, 4));
    iban[2] = static_cast<char>('0' + check / 10);
    iban[3] = static_cast<char>('0' + check % 10);
}

// Place 9 of a vehicle identification number (49 CFR 565.15).
inline char vin_check_digit(std::string_view vin) {
    constexpr int weights[17] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
    constexpr std::string_view values = "12345678123457923456789";
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) {
        const std::size_t place = letters.find(vin[i]);
        const int value = place == std::string_view::npos ? vin[i] - '0' : values[place] - '0';
        sum += value * weights[i];
    }
    return sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
}

}  // namespace confab::engine
