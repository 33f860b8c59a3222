#include "engine/layout.hpp"

#include <algorithm>
#include <cassert>

#include "base/random.hpp"

namespace confab::engine {

__extension__ using Wide = unsigned __int128;

Layout::Layout(const LayoutShape& shape) : shape_(shape) {
    const double spread = std::clamp(shape.spread, 0.0, 1.0);
    swing_ = static_cast<std::uint64_t>(spread * 0.9 * 4294967296.0);
}

std::uint64_t Layout::left_children(std::uint64_t parent_from, std::uint64_t parent_to, std::uint64_t children) const {
    const std::uint64_t parents = parent_to - parent_from;
    const std::uint64_t left = parents / 2;
    const std::uint64_t right = parents - left;
    // Every parent has its minimum first; the rest is split.
    const std::uint64_t rest = children - shape_.minimum * parents;
    const std::uint64_t bits = bits_of(shape_.key ^ mix(parent_from), parent_to);
    // Weights of the halves, swung by up to ± swing in opposite directions, in units of 2^-32 parents.
    const auto swing = static_cast<std::int64_t>(bounded(bits, 2 * swing_ + 1)) - static_cast<std::int64_t>(swing_);
    const Wide one = 1ULL << 32U;
    const Wide left_weight = static_cast<Wide>(left) * static_cast<std::uint64_t>(static_cast<std::int64_t>(one) + swing);
    const Wide right_weight = static_cast<Wide>(right) * static_cast<std::uint64_t>(static_cast<std::int64_t>(one) - swing);
    const Wide ratio = (left_weight << 32U) / (left_weight + right_weight);  // of 2^32
    const std::uint64_t rounding = mix(bits) >> 32U;
    auto to_left = static_cast<std::uint64_t>((static_cast<Wide>(rest) * ratio + rounding) >> 32U);
    to_left = std::min(to_left, rest);
    if (shape_.maximum != UINT64_MAX) {
        const Wide room = shape_.maximum - shape_.minimum;
        const Wide left_room = room * left;
        const Wide right_room = room * right;
        if (rest > right_room) to_left = std::max(to_left, static_cast<std::uint64_t>(rest - right_room));
        if (to_left > left_room) to_left = static_cast<std::uint64_t>(left_room);
    }
    return to_left + shape_.minimum * left;
}

template <typename Left>
const Layout::Place& Layout::Cursor::descend(Left goes_left) {
    while (path_.back().parent_to - path_.back().parent_from > 1) {
        const Node node = path_.back();
        const std::uint64_t middle = node.parent_from + (node.parent_to - node.parent_from) / 2;
        const std::uint64_t split =
            node.row_from + layout_->left_children(node.parent_from, node.parent_to, node.row_to - node.row_from);
        if (goes_left(middle, split)) {
            path_.push_back({node.parent_from, middle, node.row_from, split});
        } else {
            path_.push_back({middle, node.parent_to, split, node.row_to});
        }
    }
    const Node& leaf = path_.back();
    place_ = {leaf.parent_from, leaf.row_from, leaf.row_to - leaf.row_from};
    return place_;
}

const Layout::Place& Layout::Cursor::of_row(std::uint64_t row) {
    assert(row < layout_->shape_.children);
    if (place_.count > 0 && row >= place_.first && row - place_.first < place_.count) return place_;
    while (!path_.empty() && (row < path_.back().row_from || row >= path_.back().row_to)) path_.pop_back();
    if (path_.empty()) path_.push_back({0, layout_->shape_.parents, 0, layout_->shape_.children});
    return descend([row](std::uint64_t, std::uint64_t split) { return row < split; });
}

const Layout::Place& Layout::Cursor::of_parent(std::uint64_t parent) {
    assert(parent < layout_->shape_.parents);
    while (!path_.empty() && (parent < path_.back().parent_from || parent >= path_.back().parent_to)) path_.pop_back();
    if (path_.empty()) path_.push_back({0, layout_->shape_.parents, 0, layout_->shape_.children});
    return descend([parent](std::uint64_t middle, std::uint64_t) { return parent < middle; });
}

}  // namespace confab::engine
