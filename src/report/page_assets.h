// What every page carries: scripts and styles, embedded when nnrun is built.
#pragma once

#include <string>
#include <vector>

namespace nnrun {

/// dygraphs as Debian packages it, after its licence; then src/report/html/*.js.
const std::vector<std::string>& page_scripts();

/// The style sheets, likewise.
const std::vector<std::string>& page_styles();

/// "'sha256-…'" of each, as a Content-Security-Policy names what may run.
std::string source_hashes(const std::vector<std::string>& sources);

}  // namespace nnrun
