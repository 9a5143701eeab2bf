/**
 * The vocabulary terms of CBV 2.0 (section 7) and the measurement types of the GS1 Web Vocabulary, each list with the Web URI that
 * its bare words stand for.
 */
export interface Terms {
  /** Bare word -> Web URI. */
  readonly uris: ReadonlyMap<string, string>;
  /** Web URI before the bare word. */
  readonly base: string;
  /** Beginning of the old URN form, as EPCIS XML writes it; none where there never was one. */
  readonly urn?: string;
}

const cbv = 'https://ref.gs1.org/cbv/';

function terms(base: string, urn: string | undefined, words: string): Terms {
  return {
    uris: new Map(
      words
        .trim()
        .split(/\s+/)
        .map((word) => [word, base + word]),
    ),
    base,
    urn,
  };
}

export const bizSteps = terms(
  `${cbv}BizStep-`,
  'urn:epcglobal:cbv:bizstep:',
  `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning departing
  destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing picking
  receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound
  stock_taking stocking storing transporting unloading unpacking void_shipping`,
);

export const dispositions = terms(
  `${cbv}Disp-`,
  'urn:epcglobal:cbv:disp:',
  `active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed dispensed
  disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement
  no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
  sellable_not_accessible stolen unavailable unknown`,
);

export const bizTransactionTypes = terms(
  `${cbv}BTT-`,
  'urn:epcglobal:cbv:btt:',
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt',
);

export const sourceDestinationTypes = terms(`${cbv}SDT-`, 'urn:epcglobal:cbv:sdt:', 'owning_party possessing_party location');

export const errorReasons = terms(`${cbv}ER-`, 'urn:epcglobal:cbv:er:', 'did_not_occur incorrect_data');

export const components = terms(
  `${cbv}Comp-`,
  undefined,
  'x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude longitude altitude',
);

export const measurementTypes = terms(
  'https://gs1.org/voc/',
  undefined,
  `AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle
  AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless
  DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength
  Energy Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
  LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime
  MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity
  RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque
  Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`,
);

export const sensorAlerts = terms('https://gs1.org/voc/', undefined, 'ALARM_CONDITION ERROR_CONDITION');
