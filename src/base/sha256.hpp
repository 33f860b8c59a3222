// SHA-256 of bytes that come in pieces (OpenSSL's, which uses the processor's instructions for it).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace confab {

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    // 64 hexadecimal digits; the object starts anew.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256(std::string_view bytes);

}  // namespace confab
