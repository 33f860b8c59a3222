// A kernel that writes each row's text from 64 bits: `write` is the value's whole meaning.
#pragma once

#include "engine/generators/text_column.hpp"

namespace confab::engine {

// Write: bool operator()(std::uint64_t bits, std::string& text) const, false for NULL.
template <typename Write> class RowTextKernel final : public Kernel {
  public:
    RowTextKernel(TextColumn column, Write write) : column_(column), write_(std::move(write)) {}

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) { return write_(entropy[i], text); });
    }

  private:
    TextColumn column_;
    Write write_;
};

template <typename Write> std::unique_ptr<Kernel> row_text(TextColumn column, Write write) {
    return std::make_unique<RowTextKernel<Write>>(column, std::move(write));
}

}  // namespace confab::engine
