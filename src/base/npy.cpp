#include "base/npy.h"

#include <sstream>
#include <xtensor/xadapt.hpp>
#include <xtensor/xnpy.hpp>

namespace nnrun {

std::string npy_bytes(const Shape& shape, std::span<const Scalar> values) {
  assert(elements(shape) == values.size());
  return xt::dump_npy(xt::adapt(values.data(), values.size(), xt::no_ownership(), shape));
}

std::string npy_header(const Shape& shape) {
  std::ostringstream header;
  xt::detail::write_header(header, xt::detail::build_typestring<Scalar>(), false, shape);
  return header.str();
}

}  // namespace nnrun
