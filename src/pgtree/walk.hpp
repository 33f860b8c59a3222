// Every message of a parse tree, whatever its kind, by protobuf-c's own description of it.
#pragma once

#include <functional>

#include <pg_query/pg_query.pb-c.h>

namespace confab::pgtree {

// Calls `visit` for `message` and everything below it, parents first. Where it returns false, what is below is
// passed over.
void walk(const ProtobufCMessage& message, const std::function<bool(const ProtobufCMessage&)>& visit);

// The message as a T when it is one: as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor).
template <typename T>
const T* as(const ProtobufCMessage& message, const ProtobufCMessageDescriptor& descriptor) {
    return message.descriptor == &descriptor ? reinterpret_cast<const T*>(&message) : nullptr;
}

}  // namespace confab::pgtree
