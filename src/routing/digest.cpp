#include "routing/digest.h"

#include "domain/french.h"
#include "domain/text.h"

namespace vigie {
namespace {

std::string without_gaps(std::vector<std::string> words) {
  std::erase(words, "");
  return joined(words, " ");
}

}  // namespace

std::string heading_of(const Digest& digest) {
  if (digest.convention.empty()) return without_gaps({"MCP", digest.source, digest.source_label});
  return without_gaps({upper(digest.services), digest.convention, upper(digest.partner)});
}

std::string tally_of(const Digest& digest) {
  std::string tally = french::counted(digest.total, "anomalie");
  if (digest.critical > 0) tally += " (dont " + french::counted(digest.critical, "critique") + ')';
  return tally;
}

std::string subject_of(const Digest& digest) {
  if (!digest.is_verified) return heading_of(digest) + " - export refusé, rien n'est vérifié";
  std::string tally = tally_of(digest);
  replace_all(tally, {{french::kThousands, ""}});  // programs read the figure
  return heading_of(digest) + " - " + tally;
}

}  // namespace vigie
