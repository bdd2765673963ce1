// The time of day, as files keep it.
#pragma once

#include <string>

namespace nnrun {

/// "2024-05-17T09:30:00Z": now, in seconds of UTC (ISO 8601).
std::string now_utc();

}  // namespace nnrun
