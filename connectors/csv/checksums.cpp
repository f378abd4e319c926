#include "csv/checksums.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "csv/encoding.h"
#include "csv/input_file.h"
#include "domain/text.h"

namespace vigie::csv {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "SHA256SUMS";
constexpr std::size_t kDigits = 64;
constexpr std::size_t kLargest = std::size_t{1} << 20;
constexpr std::size_t kMostRefusals = 20;
constexpr std::size_t kLongestSaidName = 100;

struct Checksum {
  std::string digest;  // in lower case
  std::string name;    // without "./" and the like
};

// A name as it was before sha256sum escaped it; nothing where it has another escape.
std::optional<std::string> unescape(std::string_view escaped) {
  std::string name;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\') {
      name += escaped[i];
      continue;
    }
    constexpr std::string_view kCodes = "\\nr";
    const std::size_t code = ++i < escaped.size() ? kCodes.find(escaped[i]) : std::string_view::npos;
    if (code == std::string_view::npos) return std::nullopt;
    name += "\\\n\r"[code];
  }
  return name;
}

std::optional<Checksum> parse(std::string_view line) {
  const bool is_escaped = line.starts_with('\\');
  if (is_escaped) line.remove_prefix(1);
  if (line.size() < kDigits + 3 || line[kDigits] != ' ' || (line[kDigits + 1] != ' ' && line[kDigits + 1] != '*'))
    return std::nullopt;
  const std::string_view digest = line.substr(0, kDigits);
  if (digest.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return std::nullopt;
  const std::string_view written = line.substr(kDigits + 2);
  const auto name = is_escaped ? unescape(written) : std::string(written);
  if (!name || name->find('\0') != std::string::npos) return std::nullopt;
  return Checksum{fold(digest), fs::path(*name).lexically_normal().string()};
}

bool leads_out(const std::string& name) {
  const fs::path path(name);
  return path.is_absolute() || *path.begin() == "..";
}

Refusal refusal(const std::string& english, const std::string& french) { return {std::string(kName), english, french}; }

class Verification {
 public:
  Verification(const fs::path& folder, const CsvFiles& files) : folder_(folder), files_(files) {}

  std::vector<Refusal> run(std::string_view sums) {
    std::size_t number = 0;
    while (!sums.empty() && refusals_.size() < kMostRefusals) {
      const std::size_t end = std::min(sums.find('\n'), sums.size());
      verify_line(++number, sums.substr(0, end));
      sums.remove_prefix(std::min(end + 1, sums.size()));
    }
    if (trim(sums).empty())
      look_for_unnamed();
    else
      refusals_.push_back(
          refusal("lines after " + std::to_string(number) + " were not looked at",
                  "les lignes suivant la ligne " + std::to_string(number) + " n'ont pas été examinées"));
    return std::move(refusals_);
  }

 private:
  // Of a file: its digest, or why it has none.
  struct Hashed {
    std::string digest;
    std::optional<CsvError> error;
  };

  void verify_line(std::size_t number, std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty()) return;
    const auto checksum = parse(line);
    if (!checksum) {
      refusals_.push_back(refusal(
          "line " + std::to_string(number) + " is no checksum; write the file with sha256sum",
          "la ligne " + std::to_string(number) + " n'est pas une empreinte ; refaire le fichier avec sha256sum"));
      return;
    }
    if (auto problem = mismatch(*checksum)) refusals_.push_back(std::move(*problem));
  }

  std::optional<Refusal> mismatch(const Checksum& checksum) {
    const std::string said = printable(checksum.name, kLongestSaidName);
    if (leads_out(checksum.name))
      return refusal(said + " leads out of the drop's folder; write the file again with sha256sum *.csv",
                     said + " désigne un fichier hors du dossier ; refaire le fichier avec sha256sum *.csv");
    const Hashed& hashed = hash(checksum.name);
    if (hashed.error) return refusal(said + " " + hashed.error->what(), said + " " + hashed.error->french());
    if (hashed.digest == checksum.digest) return std::nullopt;
    return refusal(said + " does not match its checksum; the export was cut or changed: copy the drop again",
                   said + " ne correspond pas à son empreinte ; l'export est incomplet ou modifié : le recopier");
  }

  const Hashed& hash(const std::string& name) {
    const auto [place, is_new] = hashed_.try_emplace(name);
    if (!is_new) return place->second;
    try {
      const auto read = std::ranges::find_if(files_, [&](const auto& file) { return file && file->name() == name; });
      place->second.digest = read != files_.end() ? sha256_of_bytes((*read)->bytes()) : sha256_of(folder_ / name);
    } catch (const CsvError& error) {
      place->second.error = error;
    }
    return place->second;
  }

  void look_for_unnamed() {
    for (std::size_t i = 0; i < kFileCount; ++i) {
      const std::string name = csv_name(file_at(i));
      if (is_there(folder_ / name) && !hashed_.contains(name))
        refusals_.push_back(refusal(name + " is not named; write the file again with sha256sum *.csv",
                                    name + " n'y figure pas ; refaire le fichier avec sha256sum *.csv"));
    }
  }

  const fs::path& folder_;
  const CsvFiles& files_;
  std::map<std::string, Hashed> hashed_;
  std::vector<Refusal> refusals_;
};

}  // namespace

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::symlink_status(path, ignored).type() != fs::file_type::not_found;
}

std::vector<Refusal> verify_checksums(const fs::path& folder, const CsvFiles& files) {
  if (!is_there(folder / kName)) return {};
  try {
    const std::string bytes = read_bytes(folder / kName, kLargest);
    return Verification(folder, files).run(without_byte_order_mark(bytes));
  } catch (const CsvError& error) {
    return {refusal(error.what(), error.french())};
  }
}

}  // namespace vigie::csv
