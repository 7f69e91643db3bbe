#include "desk/vol/evaluation_record.hpp"

#include <fmt/format.h>

#include "json/writer.hpp"
#include "record/forecast_evaluation.hpp"
#include "vol/daily/forecast_score.hpp"

namespace tidemark::desk {
namespace {

void put(const vol::ForecastScore& score, record::ForecastEvaluation& out) {
    out.qlike = score.qlike;
    out.mse = score.mse;
    out.bias = score.bias;
    out.mincer_zarnowitz = {score.intercept, score.slope, score.r_squared};
    out.var99 = {score.failures, vol::forecast_var_probability * static_cast<double>(score.losses.size()),
                 score.kupiec_p, score.independence_p, score.coverage_p};
}

}  // namespace

Status append_evaluation(std::string_view underlying, const vol::DaySeries& days, std::string& out) {
    const auto contest = vol::forecast_contest(days);
    if (!contest) {
        Error error = contest.error();
        error.message = fmt::format("{}: {}", underlying, error.message);
        return error;
    }
    std::int64_t rank = 0;
    for (const vol::Contender& contender : contest->ranking) {
        record::ForecastEvaluation record;
        record.underlying = underlying;
        record.ts = days.last_close();
        record.model = contender.name;
        record.days = contest->days;
        record.training_days = contest->training_days;
        record.left_out_days = days.left_out();
        record.interval_ms = days.interval_ms();
        if (contender.score) {
            record.rank = ++rank;
            put(*contender.score, record);
        } else {
            record.reason = contender.score.error().message;
        }
        if (contender.against_best)
            record.against_best = {contender.against_best->small_sample, contender.against_best->p_value};
        json::append_line(out, record);
    }
    return Ok{};
}

}  // namespace tidemark::desk
