"""The field dictionary (statutory child death review forms), read by hand: what each shipped form must ask.

`?` after an id: remembered or filled in, so it must be listed as “to confirm”. Grouped ids are written out.
"""

NOTIFICATION = """
notifier_name notifier_role notifier_agency notifier_email notifier_phone already_notified
child_first_names child_family_name child_other_names nhs_number nhs_number_missing_reason date_of_birth time_of_birth?
date_of_death time_of_death sex? gender_identity_differs? ethnicity? religion? first_language? interpreter_needed?
address postcode alternative_postcode normally_resident_here gp_practice school_setting legal_status
family family.name family.dob family.sex family.relationship family.address_if_different family.parental_responsibility
carer_at_death mother_nhs_number? family_aware_of_cdr? key_worker_name? key_worker_phone? key_worker_email?
sibling_concerns? place_of_death_type place_of_death_name event_place_type event_place_name country? expected
circumstances suspected_stillbirth_at_home professional_attended_birth? gestation_weeks? birth_weight_g?
suspected_cause? mccd_issued mccd_ia mccd_ib mccd_ic mccd_ii coroner_informed coroner_area post_mortem
jar_required jar_criteria jar_lead_name? jar_lead_phone? investigations bereavement_support
professionals professionals.agency_type professionals.name professionals.role professionals.org professionals.email
professionals.phone professionals.send_reporting_form professionals.supplementary ncmd_alert ncmd_alert_reason
"""

REPORTING = """
agency respondent_name respondent_role respondent_email respondent_phone dates_of_contact no_information_held?
mode_of_death resuscitation_attempted events narrative cause_registered? pm_findings? icd10?
birth_weight_g? gestation_weeks? multiplicity? birth_order? gravidity parity maternal_bmi child_height_cm
child_weight_kg antenatal_booking_weeks? maternal_smoking_booking? maternal_smoking_delivery? maternal_vape?
maternal_alcohol? maternal_drugs? conception_assisted? antenatal_complications? feeding? immunisations_up_to_date?
conditions? disability? learning_disability_level? autism? mental_health self_harm_history substance_use_child
medication allergies development? education_status? sen_ehcp? exclusion? attendance? bullying?
cp_plan? cin? looked_after? safeguarding_previous? abuse_history?
parent parent.age? parent.occupation? parent.smoking? parent.alcohol? parent.drugs? parent.physical_health?
parent.mental_health? parent.learning_disability? parent.care_leaver? parent.offending? parent.known_to_police?
domestic_abuse? consanguinity? consanguinity_degree? poverty_deprivation poverty_deprivation_detail access_barriers
immigration_status? recourse_to_public_funds? household_smoking other_deaths_in_family
housing_type? tenure? overcrowding? temporary? homeless? damp_mould? safety_equipment? pets? travel? online_harm?
services_known? last_contact? missed_appointments? access? quality_issues? equipment? transfer? staffing?
communication? escalation? bereavement_support_offered bereavement_support_detail key_worker_provided?
family_questions? family_views? good_practice issues actions_already_taken learning parallel_reports?
child_notes? family_notes? environment_notes? services_notes?
"""

SUPPLEMENTARY = {
    "asthma_anaphylaxis": """
diagnosis_date? severity? personal_plan? annual_review? inhaler_technique? preventer_prescribed_12m?
preventer_collected_12m? reliever_count_12m? admissions_12m? smoke_exposure? allergen? known_allergy?
adrenaline_prescribed? adrenaline_available? adrenaline_used? time_to_treatment? school_plan?""",
    "cardiac": """
diagnosis? antenatal_detected? timing? surgery? centre? arrhythmia? family_history? genetic_test? network_followup?""",
    "care_pathway": """
stages? stages.stage? stages.arrived? stages.left? stages.obs? stages.escalation? stages.delays? stages.issues?""",
    "cgca": """
antenatal_screening? detected_when? diagnosis? karyotype? genomic_test? consanguinity? genetic_counselling_offered?
recurrence_known? palliative_plan?""",
    "dka": "known_diabetes? delay_to_diagnosis? first_contact? hba1c? protocol?",
    "drowning": "water_type? supervision? swim_ability? barrier? flotation? alcohol? activity? rescue?",
    "epilepsy": "type? sudep? rescue_medication? nurse? monitoring? transition?",
    "fire_burns": """
source smoke_alarm_present smoke_alarm_working escape smoking_materials supervision fire_service_contact""",
    "infection": """
organism? site? vaccine_preventable? immunised? sepsis_recognised? antibiotic_delay? outbreak? resistant?""",
    "life_limiting": """
advance_care_plan? preferred_place? achieved? respect_dnacpr? hospice? symptom_control? support_24h?""",
    "neonatal": """
booking? antenatal_steroids? magnesium? place_right_level? mode_delivery? apgar_1? apgar_5? apgar_10? resuscitation?
temp_admission? therapeutic_cooling? redirection_of_care? infection_organism pmrt_done? pmrt_grade_mother?
pmrt_grade_baby?""",
    "oncology": "diagnosis? route? delay? trial? treatment_related? relapse? end_of_life?",
    "poisoning": "substance source intent storage co_exposure",
    "substance": "substances pattern supply services",
    "sud": """
relative_sudi_or_alte mother_smokes father_smokes other_smokers illicit_substances born_before_37_weeks
birth_weight_under_2500g multiple_birth previous_alte poor_growth_followup breastfed immunisations_up_to_date dummy
illness_signs_24h last_seen_gap time_found asleep position_put_down position_found
sleep_surface? sleep_shared? shared_with? carer_alcohol? carer_drugs? carer_tiredness? bedding? head_covered? wrapping?
room_temperature? out_of_routine? safe_sleep_advice_given?""",
    "suicide": """
method? intent_evidence? previous_self_harm? mh_contact? bullying? online? loss? abuse? exam_stress? neurodiversity?
gender_sexuality_distress? services_open? safety_plan? recent_discharge? contagion?""",
    "trauma_fall": "activity height surface product supervision protective_gear",
    "vehicle": """
road_user position restraint helmet speed_limit driver_age driver_licence alcohol_drugs road weather""",
    "violence": """
mechanism weapon relationship_of_suspect known_to_services exploitation_gang domestic_context charge""",
}

ANALYSIS = """
meeting_type? meeting_date chair_role agencies_present documents cause_understood case_summary
level_scheme? case_identifier age_at_death sex? analysis_status completed_by_role
factors factors.domain factors.factor_code? factors.description factors.level? factors.modifiable_flag factors.evidence
category_primary? category_secondary? category_sub? modifiability? learning learning.text positive_practice?
recommendations recommendations.text recommendations.addressed_to recommendations.level
actions actions.text? actions.owner_organisation? actions.due? actions.status? actions.evidence? actions.closed?
family_followup immediate_actions cspr_referral cspr_referral_on further_investigation quality_of_information?
finalised_by_role finalised_at
"""

DICTIONARY = {"analysis": ANALYSIS, "notification": NOTIFICATION, "reporting": REPORTING} | {
    form: f"agency respondent_name respondent_role respondent_email notes? {names}"
    for form, names in SUPPLEMENTARY.items()
}


def asked(form: str) -> set[str]:
    return {name.rstrip("?") for name in DICTIONARY[form].split()}


def to_confirm(form: str) -> set[str]:
    return {name.rstrip("?") for name in DICTIONARY[form].split() if name.endswith("?")}


# Code lists in the same way: `list?` when all of it is remembered or filled in, `list.code?` when one code is.
LISTS = """
sex? ethnicity? place_type.theatre? place_type.delivery_suite? place_type.custody? mode_of_death agency_type? domain
contribution_level? level_scheme? modifiable? meeting_type? category? category_8? action_status? immigration_status?
care_stage? factor_code.prematurity? factor_code.maternal_bmi? factor_code.overcrowding? factor_code.equipment?
factor_code.smoking_household supplementary.dka? supplementary.drowning local_authority? organisation country
"""
