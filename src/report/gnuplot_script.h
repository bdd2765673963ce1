// A picture as a gnuplot script: the same picture, the same text.
#pragma once

#include <string>
#include <string_view>

#include "report/picture.h"

namespace nnrun {

enum class ImageFormat { kSvg, kPng };

/// "svg", "png": as the command line and file names have it.
std::string to_text(ImageFormat format);

/// The script that makes gnuplot write the picture to its standard output.
std::string gnuplot_script(const Picture& picture, ImageFormat format);

/// Any text as a gnuplot string, quotes included: lines of at most `columns` characters, broken at
/// spaces, and no more than `lines` of them; a single line that is too long goes without its middle. All ASCII but letters, digits, the space and .,:=()-+/
/// is given by its number, so that no text can end the string or mean anything in it.
std::string gnuplot_text(std::string_view text, std::size_t columns, std::size_t lines = 1);

}  // namespace nnrun
