#pragma once
// Files that the night leaves: made beside, then renamed, readable by their owner and group only.

#include <filesystem>
#include <string_view>

namespace vigie {

// Makes missing folders with mode 0750. Throws std::runtime_error that names the file and what to do.
void write_output_file(const std::filesystem::path& file, std::string_view text);
// Readable by all, in a folder that must be there: for programs that watch.
void write_public_file(const std::filesystem::path& file, std::string_view text);
void make_private_folder(const std::filesystem::path& folder);

}  // namespace vigie
