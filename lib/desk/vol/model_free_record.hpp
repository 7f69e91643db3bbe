// The model-free variance of each expiry and the index over them.
#pragma once

#include <optional>
#include <span>

#include "desk/vol/vol_record.hpp"
#include "record/vol.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::desk {

/// Fills the terms' model_free from the bids and asks of the chain, by vol::variance_strip; nothing where no
/// option of the expiry has a bid. A listed option without quotes is a strike without a bid; of two quotes of
/// one strike and side the narrower counts. Gives the index at options.index_horizon_ms and at the margin
/// horizon, none where no expiry has a strip. Wants one term an expiry, in the same order.
std::optional<record::ModelFreeIndex> put_model_free(std::span<record::VolTerm> terms,
                                                     std::span<const vol::ChainExpiry> chain,
                                                     const VolOptions& options);

}  // namespace tidemark::desk
