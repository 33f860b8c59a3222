#include "base/sha256.hpp"

#include <array>
#include <cassert>

#include <openssl/evp.h>

namespace confab {

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    [[maybe_unused]] const int started = EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr);
    assert(started == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }

std::string Sha256::finish() {
    std::array<unsigned char, 32> digest;
    EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
    EVP_DigestInit_ex(state_->context.get(), nullptr, nullptr);
    std::string text;
    for (const unsigned char byte : digest) {
        constexpr std::string_view hexadecimal = "0123456789abcdef";
        text += hexadecimal[byte >> 4U];
        text += hexadecimal[byte & 15U];
    }
    return text;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

}  // namespace confab
