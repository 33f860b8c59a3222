// Records of a group one of whose columns must be unique: numbers → records whose unique texts all differ.
//
// Candidates are tried in order and those whose text came before are passed over, once, when the kernel is made;
// after that every value is again a pure function of its number. All columns of the group have the same list, so
// that a person's first name belongs to the e-mail address; a RecordCache makes it once for all of them. Other seeds
// and other tables have other candidates. Memory: 4 bytes for each of at most 2^18 records; larger tables go round the
// list again, with a mark that no record's own text has.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/kernel.hpp"

namespace confab::engine {

struct RecordRow {
    std::uint64_t bits = 0;   // what the record is made of
    std::uint64_t round = 0;  // 0, or how often the list was gone through before
};

class RecordNumbers {
  public:
    // `group` names the columns that belong together among those of the generator's kind. Null when no column of the
    // group must be unique.
    static Result<std::shared_ptr<const RecordNumbers>> make(const plan::Generator& generator, const KernelContext& context,
                                                             const std::string& group);

    std::uint64_t count() const { return accepted_.size() * rounds_; }
    RecordRow row(std::uint64_t number) const {
        return {candidate_bits(accepted_[number % accepted_.size()]), number / accepted_.size()};
    }

    explicit RecordNumbers(std::uint64_t stream) : stream_(stream) {}

    // Fills the list: the first candidates whose texts, one a kernel, all differ.
    struct Sibling {
        std::unique_ptr<Kernel> kernel;
        std::size_t limit = 0;  // characters
    };
    void choose(const std::vector<Sibling>& siblings, std::uint64_t rows);

  private:
    std::uint64_t candidate_bits(std::uint64_t candidate) const;

    std::uint64_t stream_;
    std::vector<std::uint32_t> accepted_;
    std::uint64_t rounds_ = 1;
};

// Lists made so far, by what they depend on. For one schema and plan, used by one thread.
class RecordCache {
  public:
    std::shared_ptr<const RecordNumbers>& at(const std::string& key) { return made_[key]; }

  private:
    std::map<std::string, std::shared_ptr<const RecordNumbers>> made_;
};

// Name of the group of a generator: its own, or its kind.
std::string group_of(const plan::Generator& generator);

// Whether a key rests on this column alone.
bool is_unique_column(const KernelContext& context, schema::ColumnId column);

}  // namespace confab::engine
