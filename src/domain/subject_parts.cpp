#include "domain/subject_parts.h"

namespace vigie::subject {

Dated dated(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return {text, std::nullopt};
  const auto day = Day::parse(text.substr(at + 1));
  return day ? Dated{text.substr(0, at), day} : Dated{text, std::nullopt};
}

std::string role(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::string(text);
  const std::string_view service = text.substr(0, colon);
  const std::string_view role = text.substr(colon + 1);
  return service == role ? std::string(role) : std::string(service).append(1, ' ').append(role);
}

std::string profile(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::string(text);
  return std::string(text.substr(0, colon)).append(" sur ").append(text.substr(colon + 1));
}

}  // namespace vigie::subject
