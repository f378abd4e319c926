#pragma once
// A text that does not change and whose copies share its characters: 8 bytes each. For what is held by the million, and
// is mostly said many times. Reads as a std::string_view; copies may be used by several threads.
//
//   SharedTexts texts;                     // while rows are read
//   finding.partner = texts.get(column);   // the characters are there once, whatever the number of rows
//   row.partner = finding.partner;         // nothing is copied
//
// Nothing but an owner keeps the characters: a view into a SharedText ends with the last copy.

#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <new>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace vigie {

class SharedText;

template <typename T>
concept OtherText = std::convertible_to<const T&, std::string_view> && !std::same_as<T, SharedText>;

class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text) : block_(make(text)) {}  // at most 4 GB, else std::length_error
  SharedText(const std::string& text) : block_(make(text)) {}
  SharedText(const char* text) : block_(make(text)) {}
  SharedText(const SharedText& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) block_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~SharedText() {
    if (block_ != nullptr && block_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) ::operator delete(block_);
  }

  [[nodiscard]] std::string_view view() const {
    return block_ == nullptr ? std::string_view() : std::string_view(characters(block_), block_->size);
  }
  operator std::string_view() const { return view(); }
  [[nodiscard]] const char* c_str() const { return block_ == nullptr ? "" : characters(block_); }
  [[nodiscard]] bool empty() const { return block_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return view().size(); }
  [[nodiscard]] std::size_t find(std::string_view text) const { return view().find(text); }
  [[nodiscard]] std::size_t find(char c) const { return view().find(c); }
  [[nodiscard]] bool starts_with(std::string_view text) const { return view().starts_with(text); }
  [[nodiscard]] std::string_view substr(std::size_t from, std::size_t size = std::string_view::npos) const {
    return view().substr(from, size);
  }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.block_ == b.block_ || a.view() == b.view();
  }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) {
    return a.block_ == b.block_ ? std::strong_ordering::equal : a.view() <=> b.view();
  }
  template <OtherText T>
  friend bool operator==(const SharedText& a, const T& b) {
    return a.view() == std::string_view(b);
  }
  template <OtherText T>
  friend std::strong_ordering operator<=>(const SharedText& a, const T& b) {
    return a.view() <=> std::string_view(b);
  }

  friend std::ostream& operator<<(std::ostream& out, const SharedText& text) { return out << text.view(); }
  friend std::string operator+(const SharedText& a, std::string_view b) { return std::string(a.view()).append(b); }
  friend std::string operator+(std::string_view a, const SharedText& b) { return std::string(a).append(b.view()); }

 private:
  struct Block {  // then the characters, and a NUL
    std::atomic<std::uint32_t> holders = 1;
    std::uint32_t size = 0;
  };

  static char* characters(Block* block) { return reinterpret_cast<char*>(block + 1); }

  static Block* make(std::string_view text) {
    if (text.empty()) return nullptr;
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a text above 4 GB");
    auto* block = new (::operator new(sizeof(Block) + text.size() + 1)) Block;
    block->size = static_cast<std::uint32_t>(text.size());
    std::memcpy(characters(block), text.data(), text.size());
    characters(block)[text.size()] = '\0';
    return block;
  }

  Block* block_ = nullptr;  // none: an empty text
};

// Makes one of what is said again and again. For one thread.
class SharedTexts {
 public:
  SharedText get(std::string_view text) {
    if (text.empty()) return {};
    const auto known = texts_.find(text);
    return known == texts_.end() ? *texts_.emplace(text).first : *known;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<SharedText, Hash, std::equal_to<>> texts_;
};

}  // namespace vigie
