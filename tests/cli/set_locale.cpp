// Preloaded into nnrun by comma_locale_test: takes over the user's locale, as a library may do. nnrun
// itself never does, so that without this nothing in it could follow the locale.
#include <clocale>

namespace {
[[maybe_unused]] const char* const kTaken = std::setlocale(LC_ALL, "");
}
