#include "report/draw.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "base/error.h"
#include "base/file.h"
#include "base/program.h"
#include "base/text.h"

namespace nnrun {

namespace {

/// gnuplot's message, without the empty lines and the arrow around it.
std::string own_words(const std::string& messages) {
  std::string words;
  std::size_t start = 0;
  while (start < messages.size()) {
    const std::size_t end = std::min(messages.find('\n', start), messages.size());
    const std::string line = messages.substr(start, end - start);
    if (line.find_first_not_of(" ^\t") != std::string::npos) {
      words += (words.empty() ? "" : "; ") + line.substr(line.find_first_not_of(" \t"));
    }
    start = end + 1;
  }
  return words.empty() ? "no message" : printable(words);
}

/// Whether the bytes are a whole image: gnuplot may end well although a pipe or a wrapper cut it off.
bool is_whole(const std::string& bytes, ImageFormat format) {
  if (format == ImageFormat::kSvg)
    return bytes.starts_with("<?xml") && bytes.ends_with("</svg>\n\n");
  constexpr std::size_t kLastChunk = 8;  // its name and its checksum
  return bytes.starts_with("\x89PNG") && bytes.size() > kLastChunk &&
         bytes.compare(bytes.size() - kLastChunk, 4, "IEND") == 0;
}

Error not_found(const std::string& hint) {
  return Error(
      "gnuplot: not found; figures are drawn by it: install the Debian package gnuplot-nox" + hint);
}

}  // namespace

void require_gnuplot(const std::string& hint) {
  const auto result = run_program({"gnuplot", "--version"}, "", {"LC_ALL=C.UTF-8"});
  if (result.error == ENOENT) throw not_found(hint);
  if (result.error != 0) {
    throw Error("gnuplot: cannot start: " + std::generic_category().message(result.error) + hint);
  }
  if (result.status == 0) return;
  throw Error(fmt::format("gnuplot: --version failed with status {}: {}{}", result.status,
                          own_words(result.messages), hint));
}

std::string draw(const Picture& picture, ImageFormat format) {
  // -d: no ~/.gnuplot, which could change the picture.
  auto result = run_program({"gnuplot", "-d"}, gnuplot_script(picture, format), {"LC_ALL=C.UTF-8"});
  if (result.error == ENOENT) throw not_found("");
  if (result.error != 0) {
    throw Error("gnuplot: cannot start: " + std::generic_category().message(result.error));
  }
  if (result.status != 0 || result.output.empty()) {
    throw Error(fmt::format("gnuplot: {} failed with status {}: {}", to_text(format), result.status,
                            own_words(result.messages)),
                ExitStatus::kRunFailed);
  }
  if (!is_whole(result.output, format)) {
    throw Error(fmt::format("gnuplot: {}: what it wrote is no whole image", to_text(format)),
                ExitStatus::kRunFailed);
  }
  return std::move(result.output);
}

std::vector<std::filesystem::path> draw_figure(const Figure& figure,
                                               const std::vector<StoredRun>& runs,
                                               const std::filesystem::path& folder,
                                               const std::vector<ImageFormat>& formats) {
  const Picture picture = make_picture(figure, runs);
  create_folder(folder, ExitStatus::kRunFailed);
  std::vector<std::filesystem::path> paths;
  for (const ImageFormat format : formats) {
    paths.push_back(folder / (figure.name + "." + to_text(format)));
    write_file(paths.back(), draw(picture, format));
  }
  return paths;
}

}  // namespace nnrun
