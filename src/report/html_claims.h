// The claims of `nnrun batch` and what came of them, as a table of a page.
#pragma once

#include <filesystem>
#include <string>

namespace nnrun {

/// From the claims.csv of an outcome's folder. A file that is not one is told in the page.
std::string html_claims(const std::filesystem::path& folder);

}  // namespace nnrun
