// What a record's fields are, in words, for the man pages.
#pragma once

#include <string>
#include <vector>

#include "json/reader.hpp"

namespace tidemark::json {

struct FieldText {
    std::string name;
    std::string kind;  // number, text, list of ...
    bool required;
    std::string meaning;
};

template <class T>
std::string kind_text(const T*) {
    if constexpr (std::is_same_v<T, double>)
        return "number";
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return "whole number";
    else if constexpr (std::is_same_v<T, bool>)
        return "true or false";
    else if constexpr (std::is_same_v<T, Timestamp>)
        return "time, ms";
    else if constexpr (std::is_same_v<T, std::string_view>)
        return "text";
    else if constexpr (std::is_same_v<T, Level>)
        return "[price, qty]";
    else if constexpr (std::is_same_v<T, Named>)
        return "object of numbers";
    else if constexpr (std::is_enum_v<T>) {
        std::string words;
        for (const std::string_view word : Words<T>::list)
            words += (words.empty() ? "" : " | ") + std::string{word};
        return words;
    } else
        return "object";
}
template <class T>
std::string kind_text(const std::optional<T>*) {
    return kind_text(static_cast<const T*>(nullptr));
}
template <class T>
requires(!std::is_same_v<std::vector<T>, Named>) std::string kind_text(const std::vector<T>*) {
    return "list of " + kind_text(static_cast<const T*>(nullptr));
}

template <class T>
const T* part_of(const T*) {
    return nullptr;
}
template <class T>
auto part_of(const std::optional<T>*) {
    return part_of(static_cast<const T*>(nullptr));
}
template <class T>
auto part_of(const std::vector<T>*) {
    return part_of(static_cast<const T*>(nullptr));
}

/// Amounts by word, each described as a field.
template <class E>
void describe_words(const ByWord<E>*, const std::string& prefix, std::vector<FieldText>& all) {
    for (const E at : every<E>())
        all.push_back({prefix + std::string{word(at)}, "number", true,
                       std::string{Words<E>::meanings[static_cast<std::size_t>(at)]}});
}
inline void describe_words(const void*, const std::string&, std::vector<FieldText>&) {}

/// The fields of a record, and after each that holds objects the fields of those, as outer.inner.
template <Record T>
std::vector<FieldText> describe(const std::string& prefix = "") {
    std::vector<FieldText> all;
    const auto add = [&](const auto& f) {
        using Value = typename std::decay_t<decltype(f)>::Value;
        const Value* const no_value = nullptr;
        constexpr bool required = !may_be_absent<Value> && !std::is_same_v<Value, bool>;
        all.push_back({prefix + std::string{f.name}, kind_text(no_value), required, std::string{f.meaning}});
        using Part = std::remove_cv_t<std::remove_pointer_t<decltype(part_of(no_value))>>;
        if constexpr (Record<Part>) {
            for (FieldText& inner : describe<Part>(prefix + std::string{f.name} + "."))
                all.push_back(std::move(inner));
        }
        describe_words(part_of(no_value), prefix + std::string{f.name} + ".", all);
    };
    std::apply([&](const auto&... f) { (add(f), ...); }, T::fields());
    return all;
}

}  // namespace tidemark::json
