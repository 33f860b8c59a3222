#include "pgtree/walk.hpp"

#include <cstdint>

namespace confab::pgtree {

void walk(const ProtobufCMessage& message, const std::function<bool(const ProtobufCMessage&)>& visit) {
    if (!visit(message)) return;
    const auto* base = reinterpret_cast<const char*>(&message);
    for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
        const ProtobufCFieldDescriptor& field = message.descriptor->fields[i];
        if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
        const void* member = base + field.offset;
        if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const std::size_t count = *reinterpret_cast<const std::size_t*>(base + field.quantifier_offset);
            const auto* children = *static_cast<ProtobufCMessage* const* const*>(member);
            for (std::size_t k = 0; k < count; ++k) walk(*children[k], visit);
            continue;
        }
        // A oneof's member lies over its siblings: only the case that is set may be read.
        const bool is_set = (field.flags & static_cast<unsigned>(PROTOBUF_C_FIELD_FLAG_ONEOF)) == 0U ||
                            *reinterpret_cast<const std::uint32_t*>(base + field.quantifier_offset) == field.id;
        const auto* child = is_set ? *static_cast<ProtobufCMessage* const*>(member) : nullptr;
        if (child != nullptr) walk(*child, visit);
    }
}

}  // namespace confab::pgtree
