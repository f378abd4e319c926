#include "report_files.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "domain/fnv.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeginning = "conformite-";
constexpr std::size_t kDayLength = 10;  // of "2026-11-20"

std::string beginning_of(std::string_view about) {
  return std::string(kBeginning) + std::string(about) + (about.empty() ? "" : "-");
}

fs::path latest_link(const fs::path& folder, std::string_view about, std::string_view extension) {
  return folder / (beginning_of(about) + "latest" + std::string(extension));
}

// A link that led to nothing would be worse than none.
void remove_with_link(const fs::path& file, std::string_view extension) {
  const auto name = parse_report_name(file.filename().string(), extension);
  const fs::path link = latest_link(file.parent_path(), name->about, extension);
  fs::remove(file);
  if (fs::is_symlink(fs::symlink_status(link)) && fs::read_symlink(link) == file.filename()) fs::remove(link);
}

}  // namespace

std::string name_part(std::string_view text) {
  constexpr std::size_t kLongest = 120;
  std::string part;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
    part += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return part.size() <= kLongest ? part : part.substr(0, kLongest) + '%' + hexadecimal(fnv1a(text));
}

std::string report_name(std::string_view about, Day day, std::string_view extension) {
  return beginning_of(about) + to_iso(day) + std::string(extension);
}

std::optional<ReportName> parse_report_name(std::string_view name, std::string_view extension) {
  if (!name.starts_with(kBeginning) || !name.ends_with(extension)) return std::nullopt;
  name = name.substr(0, name.size() - extension.size());
  if (name.size() < kBeginning.size() + kDayLength) return std::nullopt;
  const std::string_view iso = name.substr(name.size() - kDayLength);
  const auto day = Day::parse(iso);
  if (!day || to_iso(*day) != iso) return std::nullopt;
  std::string_view about = name.substr(kBeginning.size(), name.size() - kBeginning.size() - kDayLength);
  if (about.empty()) return ReportName{.about = "", .day = *day};
  if (about == "-" || !about.ends_with('-')) return std::nullopt;
  about.remove_suffix(1);
  return ReportName{.about = std::string(about), .day = *day};
}

void link_latest(const fs::path& folder, std::string_view about, Day day, std::string_view extension) {
  const fs::path link = latest_link(folder, about, extension);
  const auto there = fs::symlink_status(link);
  if (fs::is_symlink(there)) {
    const auto last = parse_report_name(fs::read_symlink(link).string(), extension);
    if (last && last->about == about && last->day > day && fs::exists(link)) return;
  } else if (fs::exists(there)) {
    throw std::runtime_error(link.string() + " is no link of Vigie's; move it away");
  }
  const fs::path beside = folder / ("." + link.filename().string() + ".part");
  fs::remove(beside);
  fs::create_symlink(report_name(about, day, extension), beside);
  fs::rename(beside, link);
}

std::vector<fs::path> remove_reports_before(Day day, const fs::path& folder,
                                            const std::function<bool(const std::string&)>& concerned,
                                            std::string_view extension) {
  std::vector<fs::path> old;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const auto name = parse_report_name(entry.path().filename().string(), extension);
    if (!name || name->day >= day || !fs::is_regular_file(entry.symlink_status())) continue;
    if (concerned(name->about)) old.push_back(entry.path());
  }
  std::ranges::sort(old);
  for (const fs::path& file : old) remove_with_link(file, extension);
  return old;
}

void remove_unfinished_before(Day day, const fs::path& folder, const std::function<bool(const std::string&)>& concerned,
                              std::string_view extension) {
  constexpr std::string_view kPart = ".part";
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(kPart) || !fs::is_directory(entry.symlink_status())) continue;
    const auto report = parse_report_name(name.substr(1, name.size() - 1 - kPart.size()), extension);
    if (report && report->day < day && concerned(report->about)) fs::remove_all(entry.path());
  }
}

}  // namespace vigie
