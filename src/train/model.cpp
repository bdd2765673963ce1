#include "train/model.h"

namespace nnrun {

std::vector<std::string> Model::measures() const {
  std::vector<std::string> names = {"loss"};
  for (const MeasuredBy& measured : metrics) names.push_back(measured.name);
  return names;
}

}  // namespace nnrun
