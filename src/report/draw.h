// Pictures as image files, drawn by the gnuplot program.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/gnuplot_script.h"
#include "report/picture.h"

namespace nnrun {

/// Throws an Error with status 2 that ends with `hint` when there is no gnuplot, which names the
/// Debian package, or one that does not run.
void require_gnuplot(const std::string& hint);

/// The bytes of the image file: the same for the same picture. Throws an Error with status 2 that
/// names the Debian package when there is no gnuplot, and one with gnuplot's own words when it fails.
std::string draw(const Picture& picture, ImageFormat format);

/// Draws the figure from the runs it names, in their order, into `folder`: NAME.svg, NAME.png. Each
/// appears whole or not at all. Returns their paths.
std::vector<std::filesystem::path> draw_figure(const Figure& figure,
                                               const std::vector<StoredRun>& runs,
                                               const std::filesystem::path& folder,
                                               const std::vector<ImageFormat>& formats);

}  // namespace nnrun
