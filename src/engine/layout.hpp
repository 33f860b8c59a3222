// Children laid out by their parents: the rows of parent 0 first, then those of parent 1, and so on, without
// storing where they begin.
//
// The range of parents is halved again and again; at each node a random share of the children, near the share of
// the parents, goes to the left. Totals are exact at every node, so that off(0) = 0 and off(P) = N whatever the
// shape. A seek is log2(P) steps; a scan in row order keeps its path and needs about two steps a parent.
#pragma once

#include <cstdint>
#include <vector>

namespace confab::engine {

struct LayoutShape {
    std::uint64_t parents = 0;
    std::uint64_t children = 0;
    std::uint64_t minimum = 0;              // children of each parent
    std::uint64_t maximum = UINT64_MAX;
    double spread = 0.5;                    // 0 = every parent about the same, 1 = a few with very many
    std::uint64_t key = 0;
};

class Layout {
  public:
    Layout() = default;
    // REQUIRES: minimum × parents ≤ children ≤ maximum × parents, both in 128 bits.
    explicit Layout(const LayoutShape& shape);

    struct Place {
        std::uint64_t parent = 0;
        std::uint64_t first = 0;  // first child row of the parent
        std::uint64_t count = 0;  // its children
    };

    // Where a row or a parent is. Keeps its path: neighbours are found in a few steps.
    class Cursor {
      public:
        explicit Cursor(const Layout& layout) : layout_(&layout) {}
        const Place& of_row(std::uint64_t row);
        const Place& of_parent(std::uint64_t parent);

      private:
        struct Node {
            std::uint64_t parent_from, parent_to;  // halves
            std::uint64_t row_from, row_to;
        };
        template <typename Left> const Place& descend(Left goes_left);
        const Layout* layout_;
        std::vector<Node> path_;  // from the root to the current leaf
        Place place_;
    };

    const LayoutShape& shape() const { return shape_; }

  private:
    std::uint64_t left_children(std::uint64_t parent_from, std::uint64_t parent_to, std::uint64_t children) const;
    LayoutShape shape_;
    std::uint64_t swing_ = 0;  // how far a share may be from even, of 2^32
};

}  // namespace confab::engine
