// Errors as values.
//
//   Result<Schema> read(std::string_view text);
//
//   Result<Schema> schema = read(text);
//   if (!schema) return schema.error();      // an Error converts to any Result
//   use(*schema);
//
// CONFAB_TRY(auto schema, read(text)) does the same in one line.
//
// An Error is for the caller to act on or to show to a person: one sentence that says what was
// found, what was expected, and what to do. Broken promises between parts are asserted instead.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace confab {

enum class ErrorKind {
    invalid_input,   // what a person gave is wrong: DDL, plan, option
    unsatisfiable,   // the schema or plan asks for what cannot be
    not_supported,   // understood, and not done by Confab
    io,              // a file, a pipe, a disk
    cancelled,       // somebody asked to stop
    internal,        // a defect of Confab
};

// Where in a text an error was found. Lines and columns count from 1; columns count characters.
struct Location {
    std::string file;
    int line = 0;
    int column = 0;
    std::string line_text;  // the line itself, for the caret
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;
    std::optional<Location> location;
    std::vector<std::string> notes;  // further lines: what was expected, the nearest names, what to do

    Error(ErrorKind error_kind, std::string text) : kind(error_kind), message(std::move(text)) {}
    Error&& at(Location where) && { location = std::move(where); return std::move(*this); }
    Error&& note(std::string text) && { notes.push_back(std::move(text)); return std::move(*this); }
};

// `FILE:LINE:COLUMN: error: MESSAGE`, the quoted line with a caret, and the notes, one a line.
std::string to_text(const Error& error);

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() & { assert(*this); return *std::get_if<0>(&state_); }
    const T& operator*() const& { assert(*this); return *std::get_if<0>(&state_); }
    T&& operator*() && { assert(*this); return std::move(*std::get_if<0>(&state_)); }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }
    Error& error() & { assert(!*this); return *std::get_if<1>(&state_); }
    const Error& error() const& { assert(!*this); return *std::get_if<1>(&state_); }
    Error&& error() && { assert(!*this); return std::move(*std::get_if<1>(&state_)); }

  private:
    std::variant<T, Error> state_;
};

// A Result without a value: success, or an Error.
class [[nodiscard]] Status {
  public:
    Status() = default;
    Status(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    Error& error() & { assert(error_); return *error_; }
    const Error& error() const& { assert(error_); return *error_; }
    Error&& error() && { assert(error_); return std::move(*error_); }

  private:
    std::optional<Error> error_;
};

}  // namespace confab

#define CONFAB_CONCAT_INNER(a, b) a##b
#define CONFAB_CONCAT(a, b) CONFAB_CONCAT_INNER(a, b)
// Declares or assigns from a Result, or returns its Error from the enclosing function.
#define CONFAB_TRY(declaration, expression) CONFAB_TRY_AS(CONFAB_CONCAT(result_, __LINE__), declaration, expression)
#define CONFAB_TRY_AS(name, declaration, expression) \
    auto name = (expression);                        \
    if (!name) return std::move(name).error();       \
    declaration = *std::move(name)
// Returns the Error of a Status from the enclosing function.
#define CONFAB_CHECK(expression) CONFAB_CHECK_AS(CONFAB_CONCAT(status_, __LINE__), expression)
#define CONFAB_CHECK_AS(name, expression) \
    if (auto name = (expression); !name) return std::move(name).error()
